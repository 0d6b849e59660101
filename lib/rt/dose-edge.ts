import { dot, type Mm3 } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import type { Polygon } from './scanline.ts';
import type { CutPlane } from './section-plane.ts';

/** So far beyond the outermost voxel centres, in voxels, is rounding: as in `doseSampler`. */
const EDGE = 1e-3;
/** Larger than any patient, in mm. */
const FAR = 1e4;

/**
 * Where a plane lies within a dose grid's outermost voxel centres: a convex outline as x, y pairs in mm of the plane;
 * empty where it passes by. Beyond it the grid says nothing. Both in one frame of reference.
 */
export function doseEdge(grid: DoseGrid, plane: CutPlane): Polygon {
  const { right, down, normal, depth } = plane;
  const last = (count: number) => count - 1;
  const planeStep = ((grid.offsets.at(-1) ?? 0) - (grid.offsets[0] ?? 0)) / last(grid.offsets.length);
  const limits: readonly [Mm3, number, number, number][] = [
    [grid.rowDirection, 0, last(grid.columns) * grid.columnSpacing, grid.columnSpacing * EDGE],
    [grid.columnDirection, 0, last(grid.rows) * grid.rowSpacing, grid.rowSpacing * EDGE],
    [grid.normal, grid.offsets[0] ?? 0, grid.offsets.at(-1) ?? 0, planeStep * EDGE],
  ];
  let outline: number[] = [-FAR, -FAR, FAR, -FAR, FAR, FAR, -FAR, FAR];
  for (const [direction, low, high, tolerance] of limits) {
    const a = dot(direction, right);
    const b = dot(direction, down);
    const c = dot(direction, normal) * depth - dot(direction, grid.origin);
    if (Math.hypot(a, b) < 1e-9) {
      // The plane runs along these faces: in between, or not.
      if (c < low - tolerance || c > high + tolerance) return new Float64Array();
      continue;
    }
    outline = clipped(outline, a, b, c - low);
    outline = clipped(outline, -a, -b, high - c);
  }
  return Float64Array.from(outline);
}

/** What of a convex outline lies where a·x + b·y + c ≥ 0. */
function clipped(outline: readonly number[], a: number, b: number, c: number): number[] {
  const kept: number[] = [];
  for (let at = 0; at < outline.length; at += 2) {
    const next = (at + 2) % outline.length;
    const [x, y] = [outline[at] ?? 0, outline[at + 1] ?? 0];
    const [toX, toY] = [outline[next] ?? 0, outline[next + 1] ?? 0];
    const here = a * x + b * y + c;
    const there = a * toX + b * toY + c;
    if (here >= 0) kept.push(x, y);
    if (here >= 0 !== there >= 0) {
      const part = here / (here - there);
      kept.push(x + part * (toX - x), y + part * (toY - y));
    }
  }
  return kept;
}
