'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useRef } from 'react';
import type { SessionView } from '@/lib/boards/schema.ts';
import type { RoomModel } from '@/lib/live/reducer.ts';
import { nameOf, withNames } from './names.ts';

/** What a person is called in words about the room; never an empty name. */
export function useNames(
  session: SessionView,
  room: RoomModel | null,
): (personId: string | undefined) => string {
  const t = useTranslations('room');
  const seen = useRef<ReadonlyMap<string, string>>(new Map());
  const participants = room?.participants;
  const invited = session.participants;
  return useMemo(() => {
    seen.current = withNames(seen.current, participants ?? []);
    return (personId) => nameOf(personId, seen.current, invited) ?? t('somebody');
  }, [participants, invited, t]);
}
