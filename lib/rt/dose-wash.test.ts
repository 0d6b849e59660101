import { expect, test } from 'vitest';
import type { DosePlane } from './dose-plane.ts';
import { washOf } from './dose-wash.ts';
import { gyLevels, levelGy, percentLevels } from './isodose-levels.ts';

const row = (...values: number[]): DosePlane => ({
  columns: values.length,
  rows: 1,
  x: 0,
  y: 0,
  dx: 1,
  dy: 1,
  values: Float32Array.from(values),
  edge: new Float64Array(),
});
const levels = [
  { gy: 20, colour: '#ff0000' },
  { gy: 10, colour: '#0000ff' },
];

test('nothing below the lowest level and where the dose is unknown; a blend between; the highest above', () => {
  const pixels = washOf(row(9.9, Number.NaN, 10, 15, 20, 99), levels);
  const at = (index: number) => [...pixels.subarray(4 * index, 4 * index + 4)];
  expect(at(0)).toEqual([0, 0, 0, 0]);
  expect(at(1)).toEqual([0, 0, 0, 0]);
  expect(at(2)).toEqual([0, 0, 255, 255]);
  const [red, green, blue, alpha] = at(3);
  expect([green, alpha]).toEqual([0, 255]);
  expect(Math.abs((red ?? 0) - 128)).toBeLessThan(3);
  expect(Math.abs((blue ?? 0) - 127)).toBeLessThan(3);
  expect(at(4)).toEqual([255, 0, 0, 255]);
  expect(at(5)).toEqual([255, 0, 0, 255]);
});

test('without levels nothing is washed; one level is one colour', () => {
  expect(washOf(row(30), []).every((byte) => byte === 0)).toBe(true);
  expect([...washOf(row(30, 5), levels.slice(1))]).toEqual([0, 0, 255, 255, 0, 0, 0, 0]);
});

test('levels of Gy are round and reach up to the highest dose', () => {
  expect(gyLevels(31.2).map((one) => one.value)).toEqual([30, 25, 20, 15, 10, 5]);
  expect(gyLevels(14.68).map((one) => one.value)).toEqual([14, 12, 10, 8, 6, 4, 2]);
  expect(gyLevels(0.0041).map((one) => one.value)).toEqual([
    0.004, 0.0035, 0.003, 0.0025, 0.002, 0.0015, 0.001, 0.0005,
  ]);
  expect(gyLevels(0)).toEqual([]);
});

test('percent are of the reference; of nothing they are nothing', () => {
  expect(percentLevels()[0]?.value).toBe(107);
  expect(levelGy(95, { unit: 'percent', referenceGy: 30 })).toBeCloseTo(28.5, 9);
  expect(levelGy(95, { unit: 'percent', referenceGy: null })).toBeNull();
  expect(levelGy(12, { unit: 'Gy', referenceGy: null })).toBe(12);
});
