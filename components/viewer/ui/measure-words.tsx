'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { Note } from '@/lib/measure/reading.ts';
import type { Stage } from '../engine/stage.ts';

const notes: readonly Note[] = [
  'no_spacing',
  'not_perpendicular',
  'no_values',
  'incomplete',
  'interpolated',
  'cut',
  'below_threshold',
  'no_peak',
  'no_liver',
  'no_suv',
  'empty',
  'computing',
];

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
      notes: Object.fromEntries(notes.map((note) => [note, t(`notes.${note}`)])) as Record<Note, string>,
      loading: t('loading'),
      onlyYou: t('onlyYou'),
    });
  }, [stage, t, locale]);
  return null;
}
