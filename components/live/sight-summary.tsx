'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { presenterOf, shownView } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

/** For those who lead: how many see what is shared. Who does not stands in the list of people. */
export function SightSummary({ state }: { state: RoomState }) {
  const t = useTranslations('room');
  const { room, me, standings } = state;
  if (!room || !me || (room.chairId !== me && presenterOf(room) !== me)) return null;
  const presenterId = presenterOf(room);
  const others = room.participants.filter((one) => one.personId !== presenterId);
  if (others.length === 0 || !shownView(room)) return null;
  const seeing = others.filter((one) => standings.get(one.personId)?.kind === 'with').length;
  const all = seeing === others.length;
  return (
    <span
      title={t('seeing', { seeing, all: others.length })}
      className={`inline-flex items-center gap-1 rounded-md px-2 py-1 text-xs font-medium tabular-nums ${all ? 'bg-neutral-800 text-emerald-300' : 'bg-amber-950 text-amber-200'}`}
      data-seeing={`${seeing}/${others.length}`}
    >
      <Eye aria-hidden="true" className="size-3.5 2xl:hidden" />
      <span aria-hidden="true" className="2xl:hidden">
        {`${seeing}/${others.length}`}
      </span>
      <span className="max-2xl:sr-only">{t('seeing', { seeing, all: others.length })}</span>
    </span>
  );
}
