'use client';

import { useTranslations } from 'next-intl';
import { shownView } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { presenterIn } from './presenter-in.ts';
import { NOT_SAME, NotSameFrame, WayBack } from './way-back.tsx';

/** A frame in the presenter's colour while following, dashed while what is seen is not what is shared; the way back while looking freely. */
export function FollowFrame({ state, onFollow }: { state: RoomState; onFollow: () => void }) {
  const t = useTranslations('room');
  const presenter = presenterIn(state);
  if (!state.room?.currentItemId) return null;
  if (state.free)
    return (
      <>
        {state.watching && <NotSameFrame />}
        <WayBack onBack={onFollow} className="px-6 text-base">
          {t('follow')}
        </WayBack>
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
