'use client';

import { useTranslations } from 'next-intl';
import { secondOf, shownView } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { presenterIn } from './presenter-in.ts';

const amber = 'max-w-96 truncate rounded-md bg-amber-300 px-2 py-1 text-xs font-semibold text-black';

/** Who leads what this person sees, and whether they see it. The place is always there, so that its changes are heard. */
export function FollowBadge({ state }: { state: RoomState }) {
  return (
    <span role="status" className="inline-flex min-w-0">
      <Badge state={state} />
    </span>
  );
}

function Badge({ state }: { state: RoomState }) {
  const t = useTranslations('room');
  const presenter = presenterIn(state);
  if (!state.room) return null;
  const along = state.room.participants.find((one) => one.personId === state.watching);
  if (along) {
    const { displayName: name, personId } = along;
    const second = secondOf(state.room) === personId;
    return (
      <span className={amber}>
        {second && (state.along === 'loading' || state.connection !== 'live' || state.silent)
          ? t('notYet', { name })
          : second && state.along === 'cannot'
            ? t('second.notAll', { name })
            : t(second ? 'second.with' : 'along.with', { name })}
      </span>
    );
  }
  if (state.free)
    return (
      <span className="rounded-md bg-amber-300 px-2 py-1 text-xs font-semibold text-black">{t('free')}</span>
    );
  const nothing = state.room.currentItemId !== null && shownView(state.room) === null;
  if (presenter.isMe)
    return (
      <span className="rounded-md bg-teal-300 px-2 py-1 text-xs font-semibold text-black">
        {t(nothing ? 'youPresentNothing' : 'youPresent')}
      </span>
    );
  if (presenter.name && nothing)
    return (
      <span className="max-w-96 truncate rounded-md bg-neutral-800 px-2 py-1 text-xs font-medium">
        {t('nothingShared', { name: presenter.name })}
      </span>
    );
  if (presenter.name && (state.silent || state.connection !== 'live'))
    return <span className={amber}>{t('noWord', { name: presenter.name })}</span>;
  if (presenter.name && (state.standing === 'loading' || state.standing === 'cannot'))
    return (
      <span className={amber}>
        {state.standing === 'loading'
          ? t('notYet', { name: presenter.name })
          : t('notAll', {
              name: presenter.name,
              why: state.missing.map((one) => t(`missing.${one}`)).join(', '),
            })}
      </span>
    );
  return (
    <span className="inline-flex max-w-64 items-center gap-1.5 rounded-md bg-neutral-800 px-2 py-1 text-xs font-medium">
      <span
        aria-hidden="true"
        className="size-2.5 shrink-0 rounded-full"
        style={{ background: presenter.colour }}
      />
      <span className="truncate">
        {presenter.name ? t('following', { name: presenter.name }) : t('presenterAway')}
      </span>
    </span>
  );
}
