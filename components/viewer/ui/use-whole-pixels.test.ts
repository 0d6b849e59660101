import { expect, test } from 'vitest';
import { wholePixels } from './use-whole-pixels.ts';

const pixels = (tracks: string) => tracks.split(' ').map((one) => Number.parseFloat(one));

for (const ratio of [1, 1.25, 1.5, 2])
  for (const [rows, columns] of [
    [1, 1],
    [2, 2],
    [2, 3],
  ] as const)
    test(`viewports begin and end on whole pixels: ${rows} by ${columns}, ${ratio} to one`, () => {
      const box = { left: 210.34, top: 75.5, right: 1439.99, bottom: 876 };
      const style = wholePixels(box, rows, columns, ratio);
      const gap = Number.parseFloat(style.gap);
      let at = box.left + Number.parseFloat(style.paddingLeft);
      for (const size of pixels(style.gridTemplateColumns)) {
        for (const edge of [at, at + size]) expect(edge * ratio).toBeCloseTo(Math.round(edge * ratio), 6);
        at += size + gap;
      }
      expect(at - gap).toBeLessThanOrEqual(box.right);
      expect(at - gap).toBeGreaterThan(box.right - 1.1);
      let down = box.top + Number.parseFloat(style.paddingTop);
      for (const size of pixels(style.gridTemplateRows)) {
        for (const edge of [down, down + size]) expect(edge * ratio).toBeCloseTo(Math.round(edge * ratio), 6);
        down += size + gap;
      }
      expect(down - gap).toBeLessThanOrEqual(box.bottom);
    });

test('viewports of a row differ by a pixel at most', () => {
  const { gridTemplateColumns } = wholePixels({ left: 0, top: 0, right: 101, bottom: 50 }, 1, 3, 1);
  expect(pixels(gridTemplateColumns)).toEqual([33, 33, 33]);
  expect(
    pixels(wholePixels({ left: 0, top: 0, right: 103, bottom: 50 }, 1, 3, 1).gridTemplateColumns),
  ).toEqual([34, 34, 33]);
});

test('where there is no room there is nothing', () => {
  expect(wholePixels({ left: 0, top: 0, right: 0, bottom: 0 }, 2, 2, 1).gridTemplateRows).toBe('0px 0px');
});
