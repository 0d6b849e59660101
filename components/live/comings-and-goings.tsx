'use client';

import { Bell, BellOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { RoomState } from '@/lib/live/room-state.ts';
import { chimeIsOn, keepChime, ring } from './chime.ts';
import { Crossings } from './crossings.ts';

/** Those who come within this time are told of together. */
const TOGETHER_MS = 1500;
const NAMED = 3;

/** Who came and went last, in words and to screen readers, with a soft sound for whoever wants it. */
export function ComingsAndGoings({ state }: { state: RoomState }) {
  const t = useTranslations('room.announce');
  const [said, setSaid] = useState('');
  const [sound, setSound] = useState(false);
  const crossings = useRef<Crossings | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const loud = useRef(sound);
  loud.current = sound;
  // Read after the first paint: the server does not know it.
  useEffect(() => setSound(chimeIsOn()), []);
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
      const news = [...words(joined, 'joined', 'joinedMany'), ...words(left, 'left', 'leftMany')];
      if (news.length === 0) return;
      setSaid(news.join(' '));
      if (loud.current) ring(joined.length > 0);
    }, TOGETHER_MS);
  }, [participants, t]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = () => {
    keepChime(!sound);
    setSound(!sound);
    if (!sound) ring(true);
  };
  const Icon = sound ? Bell : BellOff;
  return (
    <div className="flex min-h-7 min-w-0 flex-1 items-center gap-1 text-xs text-neutral-400">
      <p aria-live="polite" className="min-w-0 flex-1" data-crossings>
        {said}
      </p>
      <button
        type="button"
        aria-pressed={sound}
        aria-label={t('sound')}
        title={t('sound')}
        onClick={change}
        className="grid size-7 shrink-0 cursor-pointer place-content-center rounded-md text-neutral-300 hover:bg-neutral-800 aria-pressed:text-teal-300"
      >
        <Icon aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
