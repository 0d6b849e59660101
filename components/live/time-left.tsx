'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import type { Decide } from './use-command.ts';
import { useServerNow } from './use-server-now.ts';

/** The last seconds are said in amber. */
const SOON_S = 30;

/** Control was given for a time: how much is left, for whoever has it, gave it or chairs; each of them may end it. */
export function TimeLeft(props: { state: RoomState; busy: boolean; decide: Decide }) {
  const t = useTranslations('room.loan');
  const { room, me } = props.state;
  const loan = room?.loan ?? null;
  const now = useServerNow(props.state, loan !== null);
  if (!room || !loan || !me) return null;
  const holds = presenterOf(room) === me;
  if (!holds && loan.returnsTo !== me && room.chairId !== me) return null;
  const seconds = Math.max(0, Math.ceil((Date.parse(loan.until) - now) / 1000));
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <span
      data-left={seconds}
      className={`inline-flex items-center gap-1.5 rounded-md pl-2 text-xs font-medium ${seconds <= SOON_S ? 'bg-amber-950 text-amber-200' : 'bg-neutral-800 text-neutral-100'}`}
    >
      <span role="timer" className="tabular-nums">
        {t('left', { time: clock })}
      </span>
      <Button
        look="quiet"
        className="px-2 text-xs"
        disabled={props.busy}
        onClick={() => props.decide({ type: 'control.return' })}
      >
        {t(holds ? 'giveBack' : 'end')}
      </Button>
    </span>
  );
}
