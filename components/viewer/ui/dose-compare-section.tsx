'use client';

import { ArrowLeftRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import type { DoseComparison } from '@/lib/live/view-state.ts';
import {
  comparedDose,
  dosesToCompare,
  firstComparison,
  swapped,
  uidsOf,
} from '../engine/dose-pair-choices.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { DoseCompareLegend } from './dose-compare-legend.tsx';
import { PairStatus } from './dose-pair-words.tsx';
import { NumberField } from './number-field.tsx';
import { PanelSection } from './panel-section.tsx';
import { useComparedName } from './use-compared-name.ts';

const button = 'min-h-6 cursor-pointer rounded px-1.5 text-xs text-neutral-200 hover:bg-neutral-800';
const field = 'h-7 w-full rounded border border-neutral-500 bg-neutral-900 px-1 text-xs text-neutral-100';
const ways = ['difference', 'lines', 'both'] as const;

/** Two doses held against each other: which, each with its prescription, and what of them lies over the images. */
export function DoseCompareSection({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.doseComparison');
  const { doses, plans, dose, doseComparison } = snapshot;
  const headers = doses.map((one) => one.header);
  const choices = dosesToCompare(headers);
  if (choices.length < 2 && !doseComparison) return null;
  const set = (next: DoseComparison | null) => stage.setExtras({ doseComparison: next });
  const start = () => set(firstComparison(headers, plans, dose?.doseUids ?? []));
  return (
    <PanelSection title={t('title')} initiallyOpen={doseComparison !== null}>
      <div className="space-y-2 px-1.5">
        {doseComparison ? (
          <Settings {...{ stage, snapshot, choices, set }} comparison={doseComparison} />
        ) : (
          <button type="button" className={`${button} border border-neutral-700`} onClick={start}>
            {t('start')}
          </button>
        )}
      </div>
    </PanelSection>
  );
}

type SettingsProps = {
  stage: Stage;
  snapshot: ViewerSnapshot;
  choices: DoseHeader[][];
  comparison: DoseComparison;
  set: (next: DoseComparison | null) => void;
};

function Settings({ stage, snapshot, choices, comparison, set }: SettingsProps) {
  const t = useTranslations('viewer.doseComparison');
  const id = useId();
  const pair = stage.doses.pair(comparison);
  return (
    <>
      {(['a', 'b'] as const).map((side) => (
        <Side key={side} {...{ side, snapshot, choices, comparison, set }} />
      ))}
      <div className="flex items-center gap-1">
        <button
          type="button"
          className={button}
          aria-label={t('swap')}
          title={t('swap')}
          onClick={() => set(swapped(comparison))}
        >
          <ArrowLeftRight size={16} aria-hidden />
        </button>
        <span className="flex-1" />
        <button type="button" className={button} onClick={() => set(null)}>
          {t('end')}
        </button>
      </div>
      <PairStatus pair={pair} />
      {pair.known && (
        <>
          <label htmlFor={`${id}show`} className="block text-xs text-neutral-300">
            {t('show')}
            <select
              id={`${id}show`}
              className={field}
              value={comparison.show}
              onChange={(event) =>
                set({
                  ...comparison,
                  show: ways.find((one) => one === event.target.value) ?? 'difference',
                })
              }
            >
              {ways.map((way) => (
                <option key={way} value={way}>
                  {t(`ways.${way}`)}
                </option>
              ))}
            </select>
          </label>
          {comparison.show !== 'lines' && (
            <NumberField
              label={t('span')}
              value={comparison.spanGy}
              unit="Gy"
              onChange={(spanGy) => set({ ...comparison, spanGy: Math.min(1000, spanGy) })}
            />
          )}
          <DoseCompareLegend comparison={comparison} snapshot={snapshot} />
        </>
      )}
    </>
  );
}

type SideProps = Omit<SettingsProps, 'stage'> & { side: 'a' | 'b' };

function Side({ side, snapshot, choices, comparison, set }: SideProps) {
  const t = useTranslations('viewer.doseComparison');
  const id = useId();
  const nameOf = useComparedName(snapshot);
  const { doseUids, referenceGy } = comparison[side];
  const chosen = doseUids.join();
  const choose = (key: string) => {
    const next = choices.find((one) => uidsOf(one).join() === key);
    if (next) set({ ...comparison, [side]: comparedDose(next, snapshot.plans) });
  };
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="text-xs text-neutral-300">
        {t(side)}
      </label>
      <select id={id} className={field} value={chosen} onChange={(event) => choose(event.target.value)}>
        {!choices.some((one) => uidsOf(one).join() === chosen) && (
          <option value={chosen}>{nameOf(doseUids)}</option>
        )}
        {choices.map((one) => (
          <option key={uidsOf(one).join()} value={uidsOf(one).join()}>
            {nameOf(uidsOf(one))}
          </option>
        ))}
      </select>
      <NumberField
        label={t(side === 'a' ? 'referenceA' : 'referenceB')}
        value={referenceGy}
        unit="Gy"
        onChange={(value) => set({ ...comparison, [side]: { doseUids, referenceGy: value } })}
      />
    </div>
  );
}
