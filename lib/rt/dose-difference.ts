import { mapped, type Rigid, turned } from '../dicom/rigid.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { type DoseSum, sumDoses } from './dose-sum.ts';

/**
 * The difference a − b in Gy of two doses in one frame of reference, voxel by voxel; NaN where either says nothing.
 * Other grids are brought onto the finer one, as `sumDoses` does it. Below zero where b is higher.
 */
export function doseDifference(a: DoseGrid, b: DoseGrid): DoseSum {
  const { grid, resampled } = sumDoses([a, { ...b, doses: b.doses.map((dose) => -dose) }]);
  return {
    grid: { ...grid, sopInstanceUid: `${a.sopInstanceUid}-${b.sopInstanceUid}`, summationType: '' },
    resampled,
  };
}

/** The same dose where a rigid transform puts it: its grid is turned, and no value of it changes. */
export function movedDose(grid: DoseGrid, transform: Rigid, frameOfReferenceUid: string): DoseGrid {
  return {
    ...grid,
    frameOfReferenceUid,
    origin: mapped(transform, grid.origin),
    rowDirection: turned(transform, grid.rowDirection),
    columnDirection: turned(transform, grid.columnDirection),
    normal: turned(transform, grid.normal),
  };
}
