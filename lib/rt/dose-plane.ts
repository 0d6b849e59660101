import { addScaled, dot, type Mm3 } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { doseEdge } from './dose-edge.ts';
import { doseLines } from './dose-line.ts';
import type { Polygon } from './scanline.ts';
import type { CutPlane } from './section-plane.ts';

/** Samples no further apart than this, in mm, nor than the voxels: between them isodoses run straight. */
const FINEST_MM = 1.25;
/** Along each axis; a plane that would need more gets coarser samples. */
const MOST = 800;

/** A dose sampled over a plane: the sample (column, row) lies at x + column·dx, y + row·dy, in mm of the plane. */
export type DosePlane = {
  columns: number;
  rows: number;
  x: number;
  y: number;
  dx: number;
  dy: number;
  /** Gy, row after row; NaN outside of the grid. */
  values: Float32Array;
  /** The grid's edge on the plane, a convex outline in mm. */
  edge: Polygon;
};

/**
 * The dose on a plane through its grid, sampled trilinearly; null where the plane passes the grid by. Along a grid's own
 * axes the samples fall on its voxel centres and evenly in between. Both in one frame of reference.
 */
export function dosePlane(grid: DoseGrid, plane: CutPlane): DosePlane | null {
  const edge = doseEdge(grid, plane);
  if (edge.length < 6) return null;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < edge.length; at += 2) {
    left = Math.min(left, edge[at] ?? 0);
    right = Math.max(right, edge[at] ?? 0);
    top = Math.min(top, edge[at + 1] ?? 0);
    bottom = Math.max(bottom, edge[at + 1] ?? 0);
  }
  const columns = samplesOver(right - left, stepAlong(grid, plane.right));
  const rows = samplesOver(bottom - top, stepAlong(grid, plane.down));
  const dx = (right - left) / (columns - 1);
  const dy = (bottom - top) / (rows - 1);
  const lattice = { columns, rows, x: left, y: top, dx, dy };
  return { ...lattice, values: sampledOver(grid, plane, lattice), edge };
}

/** The dose in Gy at each sample of a lattice on the plane; NaN outside of the grid. */
export function sampledOver(
  grid: DoseGrid,
  plane: CutPlane,
  { columns, rows, x, y, dx, dy }: Omit<DosePlane, 'values' | 'edge'>,
): Float32Array {
  const fill = doseLines(grid);
  const values = new Float32Array(columns * rows);
  const first = addScaled(addScaled([0, 0, 0], plane.normal, plane.depth), plane.right, x);
  const step = addScaled([0, 0, 0], plane.right, dx);
  for (let row = 0; row < rows; row += 1)
    fill(addScaled(first, plane.down, y + row * dy), step, columns, values, row * columns);
  return values;
}

/** The voxels' distance along one of the grid's axes, cut evenly into pieces that are fine enough. */
function stepAlong(grid: DoseGrid, direction: Mm3): number {
  const { offsets } = grid;
  const planeStep = ((offsets.at(-1) ?? 0) - (offsets[0] ?? 0)) / (offsets.length - 1);
  const axes: [Mm3, number][] = [
    [grid.rowDirection, grid.columnSpacing],
    [grid.columnDirection, grid.rowSpacing],
    [grid.normal, planeStep],
  ];
  const own = axes.find(([axis]) => Math.abs(dot(axis, direction)) > 1 - 1e-9);
  const voxel = own?.[1] ?? Math.min(...axes.map(([, spacing]) => spacing));
  return voxel / Math.ceil(voxel / FINEST_MM - 1e-9);
}

const samplesOver = (length: number, step: number): number =>
  Math.min(MOST, Math.max(2, Math.ceil(length / step - 1e-6) + 1));
