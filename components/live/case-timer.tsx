'use client';

import { useTranslations } from 'next-intl';
import type { SessionView } from '@/lib/boards/schema.ts';
import { latenessOf, spentOn } from '@/lib/live/case-clock.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { useServerNow } from './use-server-now.ts';

const MINUTE_MS = 60_000;

/**
 * How long the open case has been discussed, of its planned minutes: grey while there is time, amber over it. The chair
 * also reads how late the whole session is, from one minute on.
 */
export function CaseTimer({ session, state }: { session: SessionView; state: RoomState }) {
  const t = useTranslations('room.timer');
  const { room, me } = state;
  const itemId = room?.currentItemId ?? null;
  const now = useServerNow(state, itemId !== null);
  const item = session.agenda.find((one) => one.id === itemId);
  if (!room || !item) return null;
  const spent = spentOn(room.clock, itemId, item.id, now);
  const over = spent > item.plannedMinutes * MINUTE_MS;
  const late = room.chairId === me ? latenessOf(session, room.clock, itemId, now) : null;
  const lateMinutes = late === null ? 0 : Math.floor(late / MINUTE_MS);
  const words = { minutes: Math.floor(spent / MINUTE_MS), planned: item.plannedMinutes };
  return (
    <p
      role="timer"
      data-over={over}
      className={`rounded-md px-2 py-1 text-xs tabular-nums ${over ? 'bg-amber-950 font-medium text-amber-200' : 'text-neutral-300'}`}
    >
      <span aria-hidden="true">{`${clockOf(spent)} / ${t('planned', words)}`}</span>
      <span className="sr-only">{t(over ? 'over' : 'spent', words)}</span>
      {lateMinutes > 0 && (
        <span className="ml-2 text-amber-200" data-late={lateMinutes}>
          {t('late', { minutes: lateMinutes })}
        </span>
      )}
    </p>
  );
}

/** Minutes and seconds: 7:05. */
function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
