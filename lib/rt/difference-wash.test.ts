import { expect, test } from 'vitest';
import { differenceColours, differenceWash } from './difference-wash.ts';
import type { DosePlane } from './dose-plane.ts';

const washed = (values: number[], spanGy: number): number[][] => {
  const plane = { values: Float32Array.from(values) } as unknown as DosePlane;
  const pixels = differenceWash(plane, spanGy);
  return values.map((_, at) => [...pixels.subarray(4 * at, 4 * at + 4)]);
};

test('the colour of whichever dose is higher, full at the span and beyond it', () => {
  const [half, full, beyond, lower] = washed([2.5, 5, 50, -5], 5);
  expect(half).toEqual([...differenceColours.a, 128]);
  expect(full).toEqual([...differenceColours.a, 255]);
  expect(beyond).toEqual(full);
  expect(lower).toEqual([...differenceColours.b, 255]);
});

test('nothing where they are alike, and nothing where one is not known', () => {
  const nothing = [0, 0, 0, 0];
  expect(washed([0, 0.1, -0.1, Number.NaN], 5)).toEqual([nothing, nothing, nothing, nothing]);
});
