'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { RoomState } from '@/lib/live/room-state.ts';
import { chimeIsOn, ring } from './chime.ts';
import { Crossings } from './crossings.ts';

/** Those who come within this time are told of together. */
const TOGETHER_MS = 1500;
/** Long enough to be read in passing. */
const SHOWN_MS = 8000;
const NAMED = 3;

/** Who came and went last, in words, and whether that is new enough to be shown. */
export type CrossingNews = { words: string; shown: boolean };

/** Tells who comes and goes, once for the page, with a soft sound for whoever wants it. */
export function useCrossings(state: RoomState): CrossingNews {
  const t = useTranslations('room.announce');
  const [news, setNews] = useState<CrossingNews>({ words: '', shown: false });
  const crossings = useRef<Crossings | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const participants = state.room?.participants;
  useEffect(() => {
    if (!participants) return;
    const now = new Map(participants.map((one) => [one.personId, one.displayName]));
    crossings.current ??= new Crossings(now);
    crossings.current.see(now);
    if (!crossings.current.any || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const { joined, left } = crossings.current?.take() ?? { joined: [], left: [] };
      const words = (names: string[], named: 'joined' | 'left', many: 'joinedMany' | 'leftMany') =>
        names.length > NAMED ? [t(many, { count: names.length })] : names.map((name) => t(named, { name }));
      const said = [...words(joined, 'joined', 'joinedMany'), ...words(left, 'left', 'leftMany')];
      if (said.length === 0) return;
      setNews({ words: said.join(' '), shown: true });
      if (chimeIsOn()) ring(joined.length > 0);
    }, TOGETHER_MS);
  }, [participants, t]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!news.shown) return;
    const over = setTimeout(() => setNews({ ...news, shown: false }), SHOWN_MS);
    return () => clearTimeout(over);
  }, [news]);
  return news;
}
