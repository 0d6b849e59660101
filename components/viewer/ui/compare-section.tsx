'use client';

import { ArrowLeftRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Comparison } from '@/lib/live/view-state.ts';
import type { JudgedStructureSet } from '../data/structures.ts';
import { comparedSets } from '../engine/comparison-layer.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { ComparedPairs } from './compare-pairs.tsx';
import { PanelSection } from './panel-section.tsx';

const field =
  'h-8 w-full min-w-0 rounded border border-neutral-500 bg-neutral-900 px-1.5 text-xs text-neutral-100';
const button =
  'grid h-8 min-w-8 shrink-0 cursor-pointer place-items-center rounded px-1.5 text-xs text-neutral-200 hover:bg-neutral-800';
/** Surfaces this close agree, unless somebody says otherwise: what most who publish surface Dice take. */
const TAU_MM = 2;

type Props = { stage: Stage; snapshot: ViewerSnapshot };

/** Two structure sets or segmentations held against each other: which, how far they agree, what the colours say. */
export function CompareSection({ stage, snapshot }: Props) {
  const t = useTranslations('viewer.comparison');
  const { comparison, structureSets } = snapshot;
  const fitting = structureSets.filter(({ fit }) => fit.fits);
  if (fitting.length < 2 && !comparison) return null;
  const sets = comparison && comparedSets(snapshot, comparison);
  return (
    <PanelSection title={t('title')} initiallyOpen={comparison !== null}>
      <div className="space-y-2 px-1.5">
        <Choice stage={stage} comparison={comparison} fitting={fitting} />
        {comparison && !sets && (
          <p role="status" className="text-amber-300">
            {t(snapshot.complete ? 'notHere' : 'notYetHere')}
          </p>
        )}
        {comparison && sets && (
          <ComparedPairs stage={stage} snapshot={snapshot} comparison={comparison} sets={sets} />
        )}
      </div>
    </PanelSection>
  );
}

type ChoiceProps = { stage: Stage; comparison: Comparison | null; fitting: readonly JudgedStructureSet[] };

function Choice({ stage, comparison, fitting }: ChoiceProps) {
  const t = useTranslations('viewer');
  const id = useId();
  const change = (part: Partial<Comparison>) =>
    comparison && stage.setExtras({ comparison: { ...comparison, ...part } });
  if (!comparison) {
    const [reference, compared] = fitting;
    if (!reference || !compared) return null;
    const start = () =>
      stage.setExtras({
        comparison: {
          referenceUid: reference.set.sopInstanceUid,
          comparedUid: compared.set.sopInstanceUid,
          pairs: null,
          tauMm: TAU_MM,
        },
      });
    return (
      <button type="button" className={`${button} border border-neutral-700`} onClick={start}>
        {t('comparison.start')}
      </button>
    );
  }
  const nameOf = ({ set, segmentation }: JudgedStructureSet, index: number): string =>
    `${set.label || t(segmentation ? 'segmentation' : 'structures')} (${index + 1})`;
  const select = (which: 'referenceUid' | 'comparedUid') => (
    <div className="min-w-0 flex-1">
      <label htmlFor={`${id}${which}`} className="text-xs text-neutral-300">
        {t(`comparison.${which === 'referenceUid' ? 'reference' : 'compared'}`)}
      </label>
      <select
        id={`${id}${which}`}
        className={field}
        value={comparison[which]}
        // Other sets have other ROIs: what was paired by hand says nothing of them.
        onChange={(event) => change({ [which]: event.target.value, pairs: null })}
      >
        {!fitting.some(({ set }) => set.sopInstanceUid === comparison[which]) && (
          <option value={comparison[which]}>{t('comparison.unknownSet')}</option>
        )}
        {fitting.map((judged, index) => (
          <option key={judged.set.sopInstanceUid} value={judged.set.sopInstanceUid}>
            {nameOf(judged, index)}
          </option>
        ))}
      </select>
    </div>
  );
  const swap = () =>
    change({
      referenceUid: comparison.comparedUid,
      comparedUid: comparison.referenceUid,
      pairs: comparison.pairs?.map(([a, b]): [number, number] => [b, a]) ?? null,
    });
  return (
    <>
      {select('referenceUid')}
      {select('comparedUid')}
      <div className="flex items-center gap-1">
        <button
          type="button"
          className={button}
          aria-label={t('comparison.swap')}
          title={t('comparison.swap')}
          onClick={swap}
        >
          <ArrowLeftRight size={16} aria-hidden />
        </button>
        <Tolerance value={comparison.tauMm} onChange={(tauMm) => change({ tauMm })} />
        <button type="button" className={button} onClick={() => stage.setExtras({ comparison: null })}>
          {t('comparison.end')}
        </button>
      </div>
    </>
  );
}

function Tolerance({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const t = useTranslations('viewer.comparison');
  return (
    <label className="flex min-w-0 flex-1 items-center gap-1 text-xs text-neutral-300" title={t('tauWords')}>
      <span aria-hidden>τ</span>
      <span className="sr-only">{t('tauWords')}</span>
      <input
        type="number"
        min={0.1}
        max={100}
        step={0.1}
        // Its own value while it is typed; another one's takes its place.
        key={value}
        defaultValue={value}
        className={field}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
        onBlur={(event) => {
          const typed = event.target.valueAsNumber;
          if (typed > 0 && typed <= 100 && typed !== value) onChange(typed);
        }}
      />
      <span>mm</span>
    </label>
  );
}
