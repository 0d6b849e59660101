import { expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { maskOutline } from './mask-outline.ts';
import { crossings, evenOddArea } from './scanline.ts';

const maskOf = (...rows: string[]) => ({
  mask: Uint8Array.from(rows.join(''), (one) => Number(one === '#')),
  columns: rows[0]?.length ?? 0,
  rows: rows.length,
});
const outline = (...rows: string[]) => {
  const { mask, columns, rows: count } = maskOf(...rows);
  return maskOutline(mask, columns, count);
};

test('one pixel is its square', () => {
  expect(outline('...', '.#.', '...').map((loop) => [...loop])).toEqual([
    [1.5, 0.5, 1.5, 1.5, 0.5, 1.5, 0.5, 0.5],
  ]);
});

test('up to the border of the image, with a hole, and with pixels that touch at a corner', () => {
  expect(outline('###', '#.#', '###')).toHaveLength(2);
  expect(evenOddArea(outline('###', '#.#', '###'))).toBeCloseTo(8, 9);
  expect(outline('#.', '.#')).toHaveLength(2);
  expect(outline('.#', '#.')).toHaveLength(2);
  expect(outline('##', '##')).toHaveLength(1);
  expect(outline('..', '..')).toEqual([]);
});

test('random masks: just their pixels are inside', () => {
  const seed = 7;
  const { next } = random(seed);
  for (const share of [0.1, 0.5, 0.9]) {
    const [columns, rows] = [37, 23];
    const mask = Uint8Array.from({ length: columns * rows }, () => Number(next() < share));
    const loops = maskOutline(mask, columns, rows);
    for (let row = 0; row < rows; row += 1) {
      const ends = crossings(loops, row);
      const found = Uint8Array.from({ length: columns }, (_, column) =>
        Number(ends.filter((end) => end < column).length % 2 === 1),
      );
      expect(found, `seed ${seed}, share ${share}, row ${row}`).toEqual(
        mask.slice(row * columns, (row + 1) * columns),
      );
    }
  }
});
