import type { Box } from './voxel-box.ts';
import type { Voxel } from './voxel-grid.ts';

/**
 * A value that nothing within reach of a voxel is above: the highest of its block and of the 26 round it, where a block
 * is as long as the reach. What is not known (NaN) does not count.
 * @param reach in voxels along column, row and place
 */
export function ceilings(
  values: Float64Array,
  { from, size }: Box,
  reach: readonly [number, number, number],
): (voxel: Voxel) => number {
  const [c, r, p] = [Math.max(1, reach[0]), Math.max(1, reach[1]), Math.max(1, reach[2])];
  const [columns, rows, places] = [Math.ceil(size[0] / c), Math.ceil(size[1] / r), Math.ceil(size[2] / p)];
  const highest = new Float64Array(columns * rows * places).fill(Number.NEGATIVE_INFINITY);
  let at = 0;
  for (let place = 0; place < size[2]; place += 1)
    for (let row = 0; row < size[1]; row += 1) {
      const start = (Math.floor(place / p) * rows + Math.floor(row / r)) * columns;
      for (let column = 0; column < size[0]; column += 1, at += 1) {
        const block = start + Math.floor(column / c);
        if ((values[at] as number) > (highest[block] as number)) highest[block] = values[at] as number;
      }
    }
  const ceiling = new Float64Array(highest.length);
  for (let place = 0; place < places; place += 1)
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        let most = Number.NEGATIVE_INFINITY;
        for (let k = Math.max(0, place - 1); k <= Math.min(places - 1, place + 1); k += 1)
          for (let j = Math.max(0, row - 1); j <= Math.min(rows - 1, row + 1); j += 1)
            for (let i = Math.max(0, column - 1); i <= Math.min(columns - 1, column + 1); i += 1)
              most = Math.max(most, highest[(k * rows + j) * columns + i] as number);
        ceiling[(place * rows + row) * columns + column] = most;
      }
  return ([column, row, place]) => {
    const [i, j, k] = [
      Math.floor((column - from[0]) / c),
      Math.floor((row - from[1]) / r),
      Math.floor((place - from[2]) / p),
    ];
    return ceiling[(k * rows + j) * columns + i] as number;
  };
}
