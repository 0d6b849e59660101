import { addScaled, length, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { doseSampler } from './dose-at.ts';

/** Voxel centres closer than this, in mm, are the same. */
const SAME_MM = 0.01;

export type DoseSum = {
  grid: DoseGrid;
  /** Whether the grids differ: then all were brought onto the finest one, trilinearly, and the sum ends where any ends. */
  resampled: boolean;
};

/**
 * The sum of doses in one frame of reference, voxel by voxel; NaN where any of them says nothing. Whether the sum means
 * something is asked of `whyNoSum` first. Throws on an empty list.
 */
export function sumDoses(grids: readonly DoseGrid[]): DoseSum {
  const [first] = grids;
  if (!first) throw new Error('no dose to sum');
  if (grids.length === 1) return { grid: first, resampled: false };
  const finest = grids.reduce((best, one) => (voxelVolume(one) < voxelVolume(best) ? one : best));
  const doses = new Float32Array(finest.doses.length);
  let resampled = false;
  for (const grid of grids) {
    if (sameGrid(grid, finest)) {
      for (let at = 0; at < doses.length; at += 1) doses[at] = (doses[at] ?? 0) + (grid.doses[at] ?? 0);
    } else {
      resampled = true;
      addSampled(doses, finest, doseSampler(grid));
    }
  }
  const types = new Set(grids.map((one) => one.summationType));
  return {
    grid: {
      ...finest,
      sopInstanceUid: grids.map((one) => one.sopInstanceUid).join('+'),
      doses,
      summationType: types.size === 1 ? first.summationType : '',
    },
    resampled,
  };
}

function addSampled(doses: Float32Array, grid: DoseGrid, sample: ReturnType<typeof doseSampler>): void {
  const { columns, rows, offsets, origin, rowDirection, columnDirection, normal } = grid;
  let at = 0;
  for (const offset of offsets) {
    const plane = addScaled(origin, normal, offset);
    for (let row = 0; row < rows; row += 1) {
      const [x, y, z] = addScaled(plane, columnDirection, row * grid.rowSpacing);
      for (let column = 0; column < columns; column += 1, at += 1) {
        const along = column * grid.columnSpacing;
        const dose = sample(
          x + rowDirection[0] * along,
          y + rowDirection[1] * along,
          z + rowDirection[2] * along,
        );
        doses[at] = (doses[at] ?? 0) + dose;
      }
    }
  }
}

const voxelVolume = ({ columnSpacing, rowSpacing, offsets }: DoseGrid): number =>
  (columnSpacing * rowSpacing * ((offsets.at(-1) ?? 0) - (offsets[0] ?? 0))) / (offsets.length - 1);

/** The same voxel centres: judged by the corners, as grids are linear, and by each plane's offset. */
function sameGrid(a: DoseGrid, b: DoseGrid): boolean {
  if (a.columns !== b.columns || a.rows !== b.rows || a.offsets.length !== b.offsets.length) return false;
  const corner = (grid: DoseGrid, column: number, row: number): Mm3 =>
    addScaled(
      addScaled(grid.origin, grid.rowDirection, column * grid.columnSpacing),
      grid.columnDirection,
      row * grid.rowSpacing,
    );
  const near = (column: number, row: number): boolean =>
    length(subtract(corner(a, column, row), corner(b, column, row))) < SAME_MM;
  const evenly = a.offsets.every((offset, index) => Math.abs(offset - (b.offsets[index] ?? 0)) < SAME_MM);
  return evenly && near(0, 0) && near(a.columns - 1, 0) && near(0, a.rows - 1);
}
