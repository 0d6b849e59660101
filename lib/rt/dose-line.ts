import { dot, type Mm3 } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { planeIndex } from './plane-index.ts';

/** A point this far beyond the outermost voxel centres, in voxels, is still on the grid: as in `doseSampler`. */
const EDGE = 1e-3;

/**
 * Writes the doses in Gy of `count` points from `start` on, each `step` mm after the one before, to `out` from index
 * `at` on. The same values as `doseSampler` gives, many times faster.
 */
export type FillLine = (start: Mm3, step: Mm3, count: number, out: Float32Array, at: number) => void;

/** For one grid: points are patient mm of the grid's frame of reference; NaN where the dose is not known. */
export function doseLines(grid: DoseGrid): FillLine {
  const { columns, rows, offsets, doses } = grid;
  const right = columns > 1 ? 1 : 0;
  const down = rows > 1 ? columns : 0;
  const perPlane = rows * columns;
  const [lastI, lastJ, lastK] = [columns - 1, rows - 1, offsets.length - 1];
  const [highI, highJ, highK] = [Math.max(0, lastI - 1), Math.max(0, lastJ - 1), lastK - 1];
  const planeOf = planeIndex(offsets);
  const along = (direction: Mm3, spacing: number, point: Mm3): number => dot(direction, point) / spacing;
  const zeroI = along(grid.rowDirection, grid.columnSpacing, grid.origin);
  const zeroJ = along(grid.columnDirection, grid.rowSpacing, grid.origin);
  const zeroK = dot(grid.normal, grid.origin);
  return (start, step, count, out, at) => {
    const i0 = along(grid.rowDirection, grid.columnSpacing, start) - zeroI;
    const di = along(grid.rowDirection, grid.columnSpacing, step);
    const j0 = along(grid.columnDirection, grid.rowSpacing, start) - zeroJ;
    const dj = along(grid.columnDirection, grid.rowSpacing, step);
    const offset = dot(grid.normal, start) - zeroK;
    const perStep = dot(grid.normal, step);
    for (let n = 0; n < count; n += 1) {
      const i = i0 + n * di;
      const j = j0 + n * dj;
      const k = planeOf(offset + n * perStep);
      if (
        !(
          i >= -EDGE &&
          i <= lastI + EDGE &&
          j >= -EDGE &&
          j <= lastJ + EDGE &&
          k >= -EDGE &&
          k <= lastK + EDGE
        )
      ) {
        out[at + n] = Number.NaN;
        continue;
      }
      const ci = i < 0 ? 0 : i > highI ? highI : i | 0;
      const cj = j < 0 ? 0 : j > highJ ? highJ : j | 0;
      const ck = k < 0 ? 0 : k > highK ? highK : k | 0;
      const fi = Math.min(Math.max(i - ci, 0), 1);
      const fj = Math.min(Math.max(j - cj, 0), 1);
      const fk = Math.min(Math.max(k - ck, 0), 1);
      const p = ck * perPlane + cj * columns + ci;
      const a = doses[p] as number;
      const b = doses[p + down] as number;
      const top = a + fi * ((doses[p + right] as number) - a);
      const bottom = b + fi * ((doses[p + down + right] as number) - b);
      const near = top + fj * (bottom - top);
      const q = p + perPlane;
      const c = doses[q] as number;
      const d = doses[q + down] as number;
      const farTop = c + fi * ((doses[q + right] as number) - c);
      const farBottom = d + fi * ((doses[q + down + right] as number) - d);
      out[at + n] = near + fk * (farTop + fj * (farBottom - farTop) - near);
    }
  };
}
