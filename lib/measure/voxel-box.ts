import type { Voxel, VoxelGrid } from './voxel-grid.ts';

/** Some of a grid's voxels, along column, row and place. */
export type Box = { from: readonly [number, number, number]; size: readonly [number, number, number] };

export const indexIn = ({ from, size }: Box, [column, row, place]: Voxel): number =>
  ((place - from[2]) * size[1] + row - from[1]) * size[0] + column - from[0];

/** The smallest box that holds all voxels of a region and so many more on either side. */
export function boxRound(region: readonly Voxel[], reach: readonly [number, number, number]): Box {
  const bounds = ([0, 1, 2] as const).map((axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const voxel of region) {
      low = Math.min(low, voxel[axis]);
      high = Math.max(high, voxel[axis]);
    }
    return { from: low - reach[axis], size: region.length === 0 ? 0 : high - low + 1 + 2 * reach[axis] };
  });
  const [column, row, place] = bounds as [Bound, Bound, Bound];
  return { from: [column.from, row.from, place.from], size: [column.size, row.size, place.size] };
}

type Bound = { from: number; size: number };

/** The values of a box, column by column; NaN where none is known. */
export function valuesIn(grid: VoxelGrid, { from, size }: Box): Float64Array {
  const values = new Float64Array(size[0] * size[1] * size[2]);
  let at = 0;
  for (let place = 0; place < size[2]; place += 1)
    for (let row = 0; row < size[1]; row += 1)
      for (let column = 0; column < size[0]; column += 1) {
        values[at] = grid.value(from[0] + column, from[1] + row, from[2] + place);
        at += 1;
      }
  return values;
}
