'use client';

import { Bell, BellOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { chimeIsOn, keepChime, ring } from './chime.ts';
import type { CrossingNews } from './use-crossings.ts';

/**
 * Who came and went, to screen readers. It belongs to the page's root: within something that may be hidden it would be
 * silent, and words that stand elsewhere for the eyes are hidden from them, so that nothing is said twice.
 */
export function CrossingsHeard({ news }: { news: CrossingNews }) {
  return (
    <p aria-live="polite" className="sr-only" data-crossings>
      {news.words}
    </p>
  );
}

/** The same for the eyes, for a few seconds: quiet, over the end of a strip that is always there and holds no image. */
export function CrossingsSeen({ news }: { news: CrossingNews }) {
  if (!news.shown) return null;
  return (
    <p
      aria-hidden="true"
      data-crossings-seen
      className="pointer-events-none absolute inset-y-0 right-0 flex max-w-full items-center bg-neutral-950 px-3 text-xs text-neutral-300"
    >
      <span className="truncate">{news.words}</span>
    </p>
  );
}

/** Whether this person wants to hear it when somebody comes or goes. */
export function ChimeSwitch() {
  const t = useTranslations('room.announce');
  const [sound, setSound] = useState(false);
  // Read after the first paint: the server does not know it.
  useEffect(() => setSound(chimeIsOn()), []);
  const change = () => {
    keepChime(!sound);
    setSound(!sound);
    if (!sound) ring(true);
  };
  const Icon = sound ? Bell : BellOff;
  return (
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
  );
}
