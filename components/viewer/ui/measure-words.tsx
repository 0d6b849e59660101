'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { Note } from '@/lib/measure/reading.ts';
import { VOLUME_PLACE } from '@/lib/measure/reading-text.ts';
import type { Stage } from '../engine/stage.ts';

const notes: readonly Note[] = [
  'no_spacing',
  'not_perpendicular',
  'no_values',
  'incomplete',
  'interpolated',
  'cut',
  'apart',
  'below_threshold',
  'no_peak',
  'no_liver',
  'no_suv',
  'empty',
  'computing',
];

type Words = ReturnType<typeof useTranslations<'viewer.measure'>>;

/** What each note says, with the place of a volume left open. */
export const noteWords = (t: Words): Record<Note, string> =>
  Object.fromEntries(notes.map((note) => [note, t(`notes.${note}`, { volume: VOLUME_PLACE })])) as Record<
    Note,
    string
  >;

/** Tells the layer of measurements, which draws on canvas, the reader's language. */
export function MeasureWords({ stage }: { stage: Stage }) {
  const t = useTranslations('viewer.measure');
  const locale = useLocale();
  useEffect(() => {
    const { mean, sd, long, short, area } = {
      mean: t('mean'),
      sd: t('sd'),
      long: t('long'),
      short: t('short'),
      area: t('area'),
    };
    stage.measuring.say({
      locale,
      reading: { mean, sd, long, short, area },
      notes: noteWords(t),
      loading: t('loading'),
      onlyYou: t('onlyYou'),
    });
  }, [stage, t, locale]);
  return null;
}
