'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Measurement, Threshold } from '@/lib/live/measurement-state.ts';
import { EANM_FRACTION } from '@/lib/measure/pet-region.ts';
import type { Stage } from '../engine/stage.ts';

const FIXED = [2.5, 4] as const;

const nameOf = (threshold: Threshold): string => {
  switch (threshold.kind) {
    case 'none':
      return 'none';
    case 'fraction':
      return 'fraction';
    case 'suv':
      return `suv:${threshold.atLeast}`;
    case 'liver':
      return `liver:${threshold.regionId}`;
  }
};

function thresholdOf(name: string): Threshold {
  const [kind, value = ''] = name.split(':', 2);
  if (kind === 'suv') return { kind, atLeast: Number(value) };
  if (kind === 'liver') return { kind, regionId: value };
  return kind === 'fraction' ? { kind, of: EANM_FRACTION } : { kind: 'none' };
}

/** From which value on a region's voxels count as the lesion. The liver's region is another one of the same PET. */
export function ThresholdChoice({ stage, measurement }: { stage: Stage; measurement: Measurement }) {
  const t = useTranslations('viewer.measure');
  const id = useId();
  const { measurements } = stage.store.get();
  const livers = measurements
    .map((one, index) => ({ one, number: index + 1 }))
    .filter(
      ({ one }) =>
        one.kind === 'region' && one.id !== measurement.id && one.seriesUid === measurement.seriesUid,
    );
  return (
    <div className="py-0.5 pl-5">
      <label htmlFor={id} className="sr-only">
        {t('threshold')}
      </label>
      <select
        id={id}
        value={nameOf(measurement.threshold)}
        onChange={(event) =>
          stage.measuring.put({ ...measurement, threshold: thresholdOf(event.target.value) })
        }
        className="h-6 w-full rounded border border-neutral-500 bg-neutral-900 px-1 text-xs text-neutral-100"
      >
        <option value="fraction">{t('thresholds.fraction')}</option>
        {FIXED.map((value) => (
          <option key={value} value={`suv:${value}`}>
            {t('thresholds.suv', { value })}
          </option>
        ))}
        {livers.map(({ one, number }) => (
          <option key={one.id} value={`liver:${one.id}`}>
            {t('thresholds.liver', {
              name: t('numbered', { number, name: one.label || t('kinds.region') }),
            })}
          </option>
        ))}
        {livers.length === 0 && (
          <option value="liver" disabled>
            {t('thresholds.noLiver')}
          </option>
        )}
        <option value="none">{t('thresholds.none')}</option>
      </select>
    </div>
  );
}
