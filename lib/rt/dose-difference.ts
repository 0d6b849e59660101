import { mapped, type Rigid, turned } from '../dicom/rigid.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { type DosePlane, dosePlane, sampledOver } from './dose-plane.ts';
import type { CutPlane } from './section-plane.ts';

/**
 * The difference a − b in Gy over a plane, each dose trilinearly from its own grid; NaN where either says nothing, null
 * where the plane passes a's grid by. Sampled, and ending, as `a` is. Both in one frame of reference.
 */
export function differencePlane(a: DoseGrid, b: DoseGrid, cut: CutPlane): DosePlane | null {
  const plane = dosePlane(a, cut);
  if (!plane) return null;
  const other = sampledOver(b, cut, plane);
  const values = plane.values.map((gy, at) => gy - (other[at] ?? Number.NaN));
  return { ...plane, values };
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
