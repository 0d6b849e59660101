'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { SessionView } from '@/lib/boards/schema.ts';
import { isPresenterGone, presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { isForTyping } from './is-for-typing.ts';
import type { Decide } from './use-command.ts';
import { useNames } from './use-names.ts';

/** The key by which the chair takes over. */
const TAKE = 'g';

/** The presenter is gone: everybody is told, and that the images stay as they are; the chair is offered control. */
export function PresenterGone(props: {
  session: SessionView;
  state: RoomState;
  busy: boolean;
  decide: Decide;
}) {
  const t = useTranslations('room.gone');
  const { session, busy, decide } = props;
  const { room, me } = props.state;
  const nameOf = useNames(session, room);
  const gone = room !== null && room.currentItemId !== null && isPresenterGone(room);
  const offered = gone && room.chairId === me;
  useEffect(() => {
    if (!offered || busy) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== TAKE || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isForTyping(event.target)) decide({ type: 'control.take' });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [offered, busy, decide]);

  const words = () => {
    if (!room || !gone) return null;
    const name = nameOf(presenterOf(room));
    if (presenterOf(room) === room.chairId) return t('chairGone', { name });
    if (offered) return t('offered', { name });
    const chairHere = room.participants.some((one) => one.personId === room.chairId);
    return t(chairHere ? 'toChair' : 'bothGone', { name, chair: session.chairName });
  };
  return (
    <div
      role="status"
      data-gone={gone}
      className={
        gone
          ? 'flex flex-wrap items-center gap-3 border-b border-amber-400/40 bg-amber-950 px-3 py-1.5 text-amber-100'
          : 'sr-only'
      }
    >
      {gone && <span>{words()}</span>}
      {offered && (
        <Button look="primary" disabled={busy} onClick={() => decide({ type: 'control.take' })}>
          {t('take')}
          <span aria-hidden="true" className="ml-1 rounded border border-black/40 px-1.5 font-sans text-xs">
            {TAKE.toUpperCase()}
          </span>
        </Button>
      )}
    </div>
  );
}
