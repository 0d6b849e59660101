import { dot, type Mm3 } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { planeIndex } from './plane-index.ts';

/** A point this far beyond the outermost voxel centres, in voxels, is still on the grid: rounding of coordinates. */
const EDGE = 1e-3;

/**
 * Dose in Gy at patient points by trilinear interpolation between voxel centres; NaN outside of the box of voxel
 * centres, where the grid says nothing.
 */
export function doseSampler(grid: DoseGrid): Sampler {
  const known = kept.get(grid) ?? make(grid);
  kept.set(grid, known);
  return known;
}

type Sampler = (x: number, y: number, z: number) => number;

/** One function per grid: what is compiled for it is of use to the next structure. */
const kept = new WeakMap<DoseGrid, Sampler>();

function make(grid: DoseGrid): Sampler {
  const { columns, rows, offsets, doses } = grid;
  const toColumn = affine(grid.rowDirection, grid.origin, grid.columnSpacing);
  const toRow = affine(grid.columnDirection, grid.origin, grid.rowSpacing);
  const toOffset = affine(grid.normal, grid.origin, 1);
  const perPlane = rows * columns;
  const planeOf = planeIndex(offsets);
  return (x, y, z) => {
    const i = onGrid(toColumn[0] * x + toColumn[1] * y + toColumn[2] * z + toColumn[3], columns);
    const j = onGrid(toRow[0] * x + toRow[1] * y + toRow[2] * z + toRow[3], rows);
    const k = onGrid(
      planeOf(toOffset[0] * x + toOffset[1] * y + toOffset[2] * z + toOffset[3]),
      offsets.length,
    );
    // NaN fails every comparison and comes out as NaN.
    if (!(i >= 0 && j >= 0 && k >= 0)) return Number.NaN;
    const i0 = Math.min(Math.floor(i), Math.max(0, columns - 2));
    const j0 = Math.min(Math.floor(j), Math.max(0, rows - 2));
    const k0 = Math.min(Math.floor(k), offsets.length - 2);
    const di = i - i0;
    const dj = j - j0;
    const dk = k - k0;
    const right = columns > 1 ? 1 : 0;
    const down = rows > 1 ? columns : 0;
    const at = k0 * perPlane + j0 * columns + i0;
    const low = bilinear(doses, at, right, down, di, dj);
    return low * (1 - dk) + bilinear(doses, at + perPlane, right, down, di, dj) * dk;
  };
}

function bilinear(
  doses: Float32Array,
  base: number,
  right: number,
  down: number,
  di: number,
  dj: number,
): number {
  const top = (doses[base] ?? 0) * (1 - di) + (doses[base + right] ?? 0) * di;
  const bottom = (doses[base + down] ?? 0) * (1 - di) + (doses[base + down + right] ?? 0) * di;
  return top * (1 - dj) + bottom * dj;
}

/** Coefficients of (direction · (point − origin)) / spacing. */
const affine = (direction: Mm3, origin: Mm3, spacing: number): readonly [number, number, number, number] => [
  direction[0] / spacing,
  direction[1] / spacing,
  direction[2] / spacing,
  -dot(direction, origin) / spacing,
];

function onGrid(index: number, count: number): number {
  if (index < -EDGE || index > count - 1 + EDGE) return Number.NaN;
  return Math.min(Math.max(index, 0), count - 1);
}
