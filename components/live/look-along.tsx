'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { Participant } from '@/lib/live/protocol.ts';
import { presenterOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

/** Looks along with somebody who looks freely and does not present. */
export function LookAlong(props: {
  person: Participant;
  state: RoomState;
  onWatch: (personId: string) => void;
}) {
  const t = useTranslations('room.along');
  const { personId, displayName: name } = props.person;
  const { room, me, watching } = props.state;
  const presenter = room && presenterOf(room);
  if (!room?.currentItemId || personId === me || personId === presenter || me === presenter) return null;
  const now = watching === personId;
  return (
    <Button
      look="quiet"
      className={`px-1.5 ${now ? 'text-amber-300' : ''}`}
      aria-label={t('look', { name })}
      title={t('look', { name })}
      aria-pressed={now}
      onClick={() => props.onWatch(personId)}
    >
      <Eye aria-hidden="true" className="size-4" />
    </Button>
  );
}

/** Who looks along with this person, as they must know. */
export function LookedAt({ state }: { state: RoomState }) {
  const t = useTranslations('room.along');
  const { room, watchers } = state;
  const names = room?.participants.flatMap((one) =>
    watchers.includes(one.personId) ? [one.displayName] : [],
  );
  if (!names?.length) return null;
  return (
    <span
      role="status"
      className="inline-flex max-w-64 items-center gap-1 rounded-md border border-amber-300 px-2 py-1 text-xs font-medium text-amber-300"
    >
      <Eye aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="truncate">{t('by', { names: names.join(', ') })}</span>
    </span>
  );
}
