'use client';

import { useTranslations } from 'next-intl';
import type { DvhUnits } from './dvh-scale.ts';
import { gyPer } from './dvh-scale.ts';
import { NumberField } from './number-field.tsx';

const select = 'h-7 rounded border border-neutral-500 bg-neutral-900 px-1 text-xs text-neutral-100';
const button =
  'h-6 cursor-pointer rounded px-1.5 text-xs text-neutral-200 hover:bg-neutral-800 disabled:cursor-default disabled:text-neutral-500';

type Props = {
  units: DvhUnits;
  onChange: (part: Partial<DvhUnits>) => void;
  /** Where the cursor stands for everybody. */
  cursorGy: number | null;
  onCursor: (gy: number | null) => void;
  /** Left out where nothing asks for it. */
  conformityGy?: number | null;
  onConformity?: (gy: number) => void;
};

/** What the DVH is told in, where its cursor stands, and which isodose conformity is asked of. */
export function DvhControls({ units, onChange, cursorGy, onCursor, conformityGy, onConformity }: Props) {
  const t = useTranslations('viewer.dvh');
  const per = gyPer(units);
  const unit = units.dose === 'percent' && units.referenceGy !== null ? '%' : 'Gy';
  return (
    <div
      role="toolbar"
      aria-label={t('controls')}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-neutral-800 px-2 py-1"
    >
      <select
        aria-label={t('kind')}
        className={select}
        value={units.kind}
        onChange={(event) =>
          onChange({ kind: event.target.value === 'differential' ? 'differential' : 'cumulative' })
        }
      >
        <option value="cumulative">{t('cumulative')}</option>
        <option value="differential">{t('differential')}</option>
      </select>
      <select
        aria-label={t('doseIn')}
        className={select}
        value={unit === '%' ? 'percent' : 'Gy'}
        onChange={(event) => onChange({ dose: event.target.value === 'percent' ? 'percent' : 'Gy' })}
      >
        <option value="Gy">Gy</option>
        <option value="percent" disabled={units.referenceGy === null}>
          {t('percentOfReference')}
        </option>
      </select>
      <select
        aria-label={t('volumeIn')}
        className={select}
        value={units.volume}
        onChange={(event) => onChange({ volume: event.target.value === 'cc' ? 'cc' : 'percent' })}
      >
        <option value="percent">%</option>
        <option value="cc">{t('volume')}</option>
      </select>
      <NumberField
        label={t('cursor')}
        value={cursorGy === null ? null : cursorGy / per}
        unit={unit}
        onChange={(value) => onCursor(value * per)}
      />
      <button type="button" className={button} disabled={cursorGy === null} onClick={() => onCursor(null)}>
        {t('clearCursor')}
      </button>
      {onConformity && (
        <NumberField
          label={t('conformityOf')}
          value={conformityGy == null ? null : conformityGy / per}
          unit={unit}
          onChange={(value) => onConformity(value * per)}
        />
      )}
    </div>
  );
}
