'use client';

import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { mayAnnotate, presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

/** Whether what this person draws is seen by everybody; nothing for whoever presents, whose view it is. */
export function MayAnnotate({ state }: { state: RoomState }) {
  const t = useTranslations('room.annotation');
  const { room, me } = state;
  if (!room?.currentItemId || !me || presenterOf(room) === me || !mayAnnotate(room, me)) return null;
  const own = state.free;
  return (
    <span
      title={t(own ? 'notWhileFree' : 'hint')}
      className={`inline-flex items-center gap-1 rounded-md border px-2 py-1 text-xs font-medium ${own ? 'border-amber-300 text-amber-300' : 'border-teal-300 text-teal-300'}`}
    >
      <Pencil aria-hidden="true" className="size-3.5" />
      {/* The words would take a line of their own from the images. */}
      <span className="max-2xl:sr-only">{t(own ? 'notWhileFree' : 'youMay')}</span>
    </span>
  );
}
