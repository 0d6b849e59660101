'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { RtPlan } from '@/lib/dicom/rtplan.ts';
import type { DoseState } from '@/lib/live/view-state.ts';
import { maxDose } from '@/lib/rt/dose-max.ts';
import { partsNotThere } from '@/lib/rt/plan-parts.ts';
import type { ShownDose } from '../data/doses.ts';
import { useDoseKind } from './dose-choice.tsx';

type Props = { shown: ShownDose; plans: readonly RtPlan[]; dose: DoseState };

/** What the dose on the screen is: of a plan or of parts, summed or not, physical or weighted, its highest value, and what 100 % of it is. */
export function DoseSummary({ shown, plans, dose }: Props) {
  const t = useTranslations('viewer.dose');
  const words = useTranslations('viewer.doseUnseen');
  const kindOf = useDoseKind();
  const format = useFormatter();
  if (!shown.known)
    return (
      <p
        role="status"
        className={`text-xs ${shown.reason === 'loading' ? 'text-neutral-300' : 'text-amber-300'}`}
      >
        {words(shown.reason)}
      </p>
    );
  const { doses, grid, resampled } = shown;
  const kinds = [...new Set(doses.map((one) => kindOf(one.summationType)))].join(' + ');
  const uids = [...new Set(doses.flatMap((one) => one.planUids))];
  const withoutPlan =
    uids.length === 0 || uids.some((uid) => !plans.some((one) => one.sopInstanceUid === uid));
  const figure = (value: number) => format.number(value, { maximumFractionDigits: 2 });
  const notThere = doses.length > 1 ? plans.flatMap((plan) => partsNotThere(doses, plan)) : [];
  const type =
    grid.doseType === 'PHYSICAL' || grid.doseType === 'EFFECTIVE'
      ? t(`types.${grid.doseType}`)
      : grid.doseType;
  return (
    <div className="text-xs text-neutral-300">
      <p>
        {doses.length > 1 ? t('sumOf', { count: doses.length, kinds }) : kinds}
        {type && ` · ${type}`}
      </p>
      <p>{t('highest', { value: figure(maxDose(grid)) })}</p>
      {dose.unit === 'percent' && dose.referenceGy !== null && (
        <p>{t('hundredPercent', { value: figure(dose.referenceGy) })}</p>
      )}
      {resampled && <p className="text-amber-300">{t('resampled')}</p>}
      {notThere.length > 0 && (
        <p className="text-amber-300">
          {t('partsNotThere', {
            parts: notThere.map(({ beam, group, name }) => name || `${beam ?? group}`).join(', '),
          })}
        </p>
      )}
      {withoutPlan && <p className="text-amber-300">{t('noPlan')}</p>}
    </div>
  );
}
