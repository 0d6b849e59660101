import type { Polygon } from './scanline.ts';

/**
 * The outlines of a mask along its pixels' edges, as closed loops of x, y pairs: pixel (column, row) fills the square
 * from column - 0.5 to column + 0.5. Pixels that touch at a corner only are apart. By the even-odd rule the loops
 * enclose exactly the mask's pixels.
 * @param mask anything but 0 is inside; row after row
 */
export function maskOutline(mask: Uint8Array, columns: number, rows: number): Polygon[] {
  const loops: Polygon[] = [];
  /** Upper sides of inside pixels that a loop has been along. */
  const passed = new Uint8Array(mask.length);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      if (!mask[at] || passed[at] || (row > 0 && mask[at - columns])) continue;
      loops.push(follow(mask, columns, rows, column, row, passed));
    }
  return loops;
}

/** Follows one outline, inside on the right hand, from the upper left corner of a pixel along its upper side. */
function follow(
  mask: Uint8Array,
  columns: number,
  rows: number,
  column: number,
  row: number,
  passed: Uint8Array,
): Polygon {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < columns && y < rows && mask[y * columns + x] !== 0;
  const points: number[] = [];
  let [x, y, dx, dy] = [column, row, 1, 0];
  do {
    // A way to the right is along an upper side.
    if (dx === 1) passed[y * columns + x] = 1;
    x += dx;
    y += dy;
    // The two pixels ahead, at the right and at the left hand of the corner that is reached.
    const right = inside(ahead(x, dx, -dy), ahead(y, dy, dx));
    const left = inside(ahead(x, dx, dy), ahead(y, dy, -dx));
    if (right && !left) continue;
    points.push(x - 0.5, y - 0.5);
    [dx, dy] = right ? [dy, -dx] : [-dy, dx];
  } while (x !== column || y !== row || dx !== 1 || dy !== 0);
  return Float64Array.from(points);
}

/** Column (or row) of the pixel beside a corner: ahead by `along`, aside by `aside`; each is -1, 0 or 1. */
const ahead = (corner: number, along: number, aside: number): number => corner + Math.min(0, along + aside);
