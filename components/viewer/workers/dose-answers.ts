import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import { dvhOf } from '@/lib/rt/dvh.ts';
import { gridDvh } from '@/lib/rt/grid-dvh.ts';
import { roiSolid } from '@/lib/rt/roi-solid.ts';
import type { DoseSlot, RoiDvh } from './dose-messages.ts';
import type { Answer, Question } from './structures-messages.ts';

type DoseKind = 'keepDose' | 'dvh' | 'doseEverywhere';

/** The grids that DVHs are asked of: they are large, so each is sent once. */
const kept = new Map<DoseSlot, DoseGrid>();

function gridOf(slot: DoseSlot): DoseGrid {
  const grid = kept.get(slot);
  if (!grid) throw new Error('no dose is kept');
  return grid;
}

export const doseAnswers: { [K in DoseKind]: (question: Question<K>) => Answer<K> } = {
  keepDose: ({ slot, grid }) => {
    kept.set(slot, grid);
    return null;
  },

  dvh: ({ slot, roi, on }): RoiDvh => {
    const body = roiSolid(roi, on.planeDistance, on.slices);
    if (!body.known) return { known: false, reason: body.reason };
    return dvhOf(body.solid, gridOf(slot));
  },

  doseEverywhere: ({ slot }) => gridDvh(gridOf(slot)),
};
