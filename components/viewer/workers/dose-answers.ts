import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import { dvhOf } from '@/lib/rt/dvh.ts';
import { gridDvh } from '@/lib/rt/grid-dvh.ts';
import { roiSolid } from '@/lib/rt/roi-solid.ts';
import type { RoiDvh } from './dose-messages.ts';
import type { Answer, Question } from './structures-messages.ts';

type DoseKind = 'keepDose' | 'dvh' | 'doseEverywhere';

/** The grid that DVHs are asked of: it is large, so it is sent once. */
let kept: DoseGrid | null = null;

function grid(): DoseGrid {
  if (!kept) throw new Error('no dose is kept');
  return kept;
}

export const doseAnswers: { [K in DoseKind]: (question: Question<K>) => Answer<K> } = {
  keepDose: (question) => {
    kept = question.grid;
    return null;
  },

  dvh: ({ roi, fallback }): RoiDvh => {
    const body = roiSolid(roi, fallback);
    if (!body.known) return { known: false, reason: body.reason };
    return dvhOf(body.solid, grid());
  },

  doseEverywhere: () => gridDvh(grid()),
};
