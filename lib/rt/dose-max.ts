import type { DoseGrid } from '../dicom/rtdose.ts';
import { type Gy, gy } from './units.ts';

const kept = new WeakMap<DoseGrid, Gy>();

/** The highest dose of a grid's voxels. Unknown ones do not count. */
export function maxDose(grid: DoseGrid): Gy {
  const known = kept.get(grid);
  if (known !== undefined) return known;
  let found = 0;
  const { doses } = grid;
  // By index: an iterator over millions of voxels takes ten times as long.
  for (let at = 0; at < doses.length; at += 1) {
    const dose = doses[at] ?? 0;
    if (dose > found) found = dose;
  }
  kept.set(grid, gy(found));
  return gy(found);
}
