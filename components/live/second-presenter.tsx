'use client';

import { PictureInPicture2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { RoomClient } from '@/lib/live/client.ts';
import type { Participant } from '@/lib/live/protocol.ts';
import { isObserver, presenterOf, type RoomModel, secondOf } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import { isForTyping } from './is-for-typing.ts';
import type { Decide } from './use-command.ts';

/** With Shift: alone it is the viewer's. */
const KEY = 'd';

/** To what the second presenter shows, and back, with one key; for the second presenter themselves, what they are. */
export function SecondSwitch({ client, state }: { client: RoomClient | null; state: RoomState }) {
  const t = useTranslations('room.second');
  const { room, me, watching } = state;
  const second = room?.participants.find((one) => one.personId === secondOf(room));
  const leads = room !== null && presenterOf(room) === me;
  const personId = second?.personId;
  const may = personId !== undefined && personId !== me && !leads && room?.currentItemId != null;
  const now = may && watching === personId;
  useEffect(() => {
    if (!may) return;
    const pressed = (event: KeyboardEvent) => {
      const { key, shiftKey, ctrlKey, metaKey, altKey, target } = event;
      if (key.toLowerCase() !== KEY || !shiftKey || ctrlKey || metaKey || altKey) return;
      if (isForTyping(target)) return;
      if (now) client?.follow();
      else client?.watch(personId);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [client, may, now, personId]);
  if (!second) return null;
  if (second.personId === me)
    return (
      <span className="inline-flex items-center gap-1 rounded-md border border-sky-300/60 px-2 py-1 text-xs font-medium text-sky-200">
        <PictureInPicture2 aria-hidden="true" className="size-3.5 shrink-0" />
        {t('youAre')}
      </span>
    );
  if (!may) return null;
  const words = t(now ? 'back' : 'see', { name: second.displayName });
  return (
    <Button
      look="dark"
      className="max-w-56 px-2 text-xs"
      aria-pressed={now}
      aria-keyshortcuts="Shift+D"
      aria-label={words}
      title={words}
      onClick={() => (now ? client?.follow() : client?.watch(second.personId))}
    >
      <PictureInPicture2 aria-hidden="true" className="size-4 shrink-0" style={{ color: second.colour }} />
      <span className="max-2xl:hidden truncate">{second.displayName}</span>
      <span aria-hidden="true" className="rounded border border-neutral-500 px-1 font-sans">
        ⇧D
      </span>
    </Button>
  );
}

/** Beside the second presenter's name, for everybody. */
export function SecondMark() {
  const t = useTranslations('room.second');
  return (
    <span className="inline-flex items-center gap-1 text-xs text-sky-200" title={t('name')}>
      <PictureInPicture2 aria-hidden="true" className="size-4" />
      <span className="sr-only">{t('name')}</span>
    </span>
  );
}

type Naming = { person: Participant; room: RoomModel; busy: boolean; decide: Decide };

/** Whether somebody may be named second presenter, or is. */
export const maySecond = ({ person, room }: Pick<Naming, 'person' | 'room'>): boolean =>
  person.personId !== presenterOf(room) && !isObserver(room, person.personId);

/** Names somebody second presenter, or takes that back. */
export function NameSecond({ person, room, busy, decide }: Naming) {
  const t = useTranslations('room.second');
  const { personId, displayName: name } = person;
  const is = secondOf(room) === personId;
  return (
    <Button
      look="dark"
      className="px-2 text-xs"
      disabled={busy}
      aria-label={t(is ? 'endName' : 'nameName', { name })}
      title={t('hint')}
      onClick={() => decide(is ? { type: 'second.end' } : { type: 'second.name', personId })}
    >
      {t(is ? 'end' : 'make')}
    </Button>
  );
}
