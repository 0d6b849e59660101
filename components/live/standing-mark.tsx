'use client';

import { useTranslations } from 'next-intl';
import type { Standing, StandingKind } from '@/lib/live/protocol.ts';

const colours: Record<StandingKind, string> = {
  with: 'text-emerald-300',
  loading: 'text-amber-300',
  cannot: 'text-amber-300',
  second: 'text-sky-200',
  free: 'text-neutral-300',
  away: 'text-neutral-400',
  older: 'text-amber-300',
};

/** Whether a person sees what is shared, and if not, why. */
export function StandingMark({ standing }: { standing: Standing }) {
  const t = useTranslations('room');
  // Who sees none of it is not told of as missing a part.
  const blind = standing.missing.includes('no_images');
  const why = blind ? '' : standing.missing.map((one) => t(`missing.${one}`)).join(', ');
  return (
    <span className={`text-xs ${colours[standing.kind]}`} data-standing={standing.kind}>
      {blind ? t('missing.no_images') : t(`standing.${standing.kind}`)}
      {why && ` (${why})`}
    </span>
  );
}
