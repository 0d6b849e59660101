'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { seeing } from '@/lib/live/seeing.ts';

/** For those who lead: how many see what is shared. Who does not stands in the list of people. */
export function SightSummary({ state }: { state: RoomState }) {
  const t = useTranslations('room');
  const { room, me, standings } = state;
  if (!room || !me || (room.chairId !== me && presenterOf(room) !== me)) return null;
  const seen = seeing(room, standings);
  if (!seen) return null;
  const all = seen.seeing === seen.all;
  return (
    <span
      title={t('seeing', seen)}
      className={`inline-flex items-center gap-1 rounded-md px-2 py-1 text-xs font-medium tabular-nums ${all ? 'bg-neutral-800 text-emerald-300' : 'bg-amber-950 text-amber-200'}`}
      data-seeing={`${seen.seeing}/${seen.all}`}
    >
      <Eye aria-hidden="true" className="size-3.5 2xl:hidden" />
      <span aria-hidden="true" className="2xl:hidden">
        {`${seen.seeing}/${seen.all}`}
      </span>
      <span className="max-2xl:sr-only">{t('seeing', seen)}</span>
    </span>
  );
}
