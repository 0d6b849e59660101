'use client';

import { useTranslations } from 'next-intl';
import { shownView } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { presenterIn } from './presenter-in.ts';

/** Amber, as every warning. */
const NOT_SAME = '#fcd34d';

/** A frame in the presenter's colour while following, dashed while what is seen is not what is shared; the way back while looking freely. */
export function FollowFrame({ state, onFollow }: { state: RoomState; onFollow: () => void }) {
  const t = useTranslations('room');
  const presenter = presenterIn(state);
  if (!state.room?.currentItemId) return null;
  if (state.free)
    return (
      <>
        {state.watching && (
          <div
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 z-10 border-4 border-dashed"
            style={{ borderColor: NOT_SAME }}
          />
        )}
        <button
          type="button"
          onClick={onFollow}
          className="absolute bottom-4 left-1/2 z-20 inline-flex min-h-11 -translate-x-1/2 cursor-pointer items-center gap-2 rounded-full bg-amber-300 px-6 text-base font-semibold text-black shadow-lg shadow-black/50 hover:bg-amber-200"
        >
          {t('follow')}
          <span aria-hidden="true" className="rounded border border-black/40 px-1.5 font-sans text-xs">
            F
          </span>
        </button>
      </>
    );
  // Nothing is shared: what is seen is each one's own.
  return presenter.isMe || !shownView(state.room) ? null : (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute inset-0 z-10 ${state.standing === 'with' ? 'border-2' : 'border-4 border-dashed'}`}
      style={{ borderColor: state.standing === 'with' ? presenter.colour : NOT_SAME }}
    />
  );
}
