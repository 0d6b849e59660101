'use client';

import { useTranslations } from 'next-intl';
import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { Comparison } from '@/lib/live/view-state.ts';
import type { RoiPair } from '@/lib/rt/roi-pairs.ts';
import { comparedPairs } from '../engine/comparison-layer.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { type AskedPair, pairKey, useAgreements } from './compare-figures.ts';
import { CompareLegend } from './compare-legend.tsx';
import { ComparePair } from './compare-pair.tsx';

type Sets = { reference: StructureSet; compared: StructureSet };
type Props = { stage: Stage; snapshot: ViewerSnapshot; comparison: Comparison; sets: Sets };

const hasContours = (roi: Roi): boolean => roi.contours.length > 0;

/** The pairs of two sets with their figures; how they were paired can be set right by hand. */
export function ComparedPairs({ stage, snapshot, comparison, sets }: Props) {
  const t = useTranslations('viewer.comparison');
  const { pairs, onlyInB } = comparedPairs(sets, comparison);
  const listed = pairs.filter(({ roi }) => hasContours(roi));
  const asked = listed.filter(
    (pair): pair is RoiPair & AskedPair => pair.other !== null && hasContours(pair.other),
  );
  const agreements = useAgreements(stage, sets, asked, comparison.tauMm);
  const pairWith = (roi: Roi, other: number | null) =>
    stage.setExtras({
      comparison: {
        ...comparison,
        pairs: pairs.flatMap((pair): [number, number][] => {
          const number = pair.roi === roi ? other : (pair.other?.number ?? null);
          return number === null ? [] : [[pair.roi.number, number]];
        }),
      },
    });
  const left = onlyInB.filter(hasContours);
  return (
    <>
      <CompareLegend />
      {comparison.pairs && (
        <button
          type="button"
          className="h-8 cursor-pointer rounded border border-neutral-700 px-1.5 text-xs text-neutral-200 hover:bg-neutral-800"
          onClick={() => stage.setExtras({ comparison: { ...comparison, pairs: null } })}
        >
          {t('pairAgain')}
        </button>
      )}
      <ul className="space-y-2">
        {listed.map((pair) => (
          <ComparePair
            key={pair.roi.number}
            stage={stage}
            snapshot={snapshot}
            sets={sets}
            pair={pair}
            agreement={pair.other ? agreements.get(pairKey({ roi: pair.roi, other: pair.other })) : undefined}
            tauMm={comparison.tauMm}
            onPair={(other) => pairWith(pair.roi, other)}
          />
        ))}
      </ul>
      {left.length > 0 && (
        <p className="text-xs text-amber-300">
          {t('onlyInCompared', { names: left.map((roi) => roi.name || String(roi.number)).join(', ') })}
        </p>
      )}
    </>
  );
}
