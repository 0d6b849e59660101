import { expect, test } from 'vitest';
import type { Rigid } from '../dicom/rigid.ts';
import { doseSampler } from './dose-at.ts';
import { doseDifference, movedDose } from './dose-difference.ts';
import { doseOf } from './shapes.fixture.ts';

test('a − b, below zero where b is higher', () => {
  const { grid, resampled } = doseDifference(
    doseOf((x) => 40 + x),
    doseOf((_, y) => 40 + y),
  );
  expect(resampled).toBe(false);
  const at = doseSampler(grid);
  expect(at(5, 2, 1)).toBeCloseTo(3, 4);
  expect(at(2, 5, 1)).toBeCloseTo(-3, 4);
});

test('other grids are brought onto the finer one; where either ends nothing is known', () => {
  const { grid, resampled } = doseDifference(
    doseOf((x) => 50 + x, 21, 3),
    doseOf((_, y) => 30 + y, 30, 2),
  );
  expect(resampled).toBe(true);
  expect(doseSampler(grid)(3.3, -4.1, 5.2)).toBeCloseTo(20 + 3.3 + 4.1, 4);
  expect(doseSampler(grid)(25, 0, 0)).toBeNaN();
});

test('a dose that is moved says at the new place what it said at the old one', () => {
  // A quarter turn about z, then 10 mm to the left.
  const transform: Rigid = { rotation: [0, -1, 0, 1, 0, 0, 0, 0, 1], translation: [10, 0, 0] };
  const grid = doseOf((x, y, z) => 40 + x + 2 * y + 3 * z);
  const moved = movedDose(grid, transform, '2.25.77');
  expect(moved.frameOfReferenceUid).toBe('2.25.77');
  expect(doseSampler(moved)(-2 + 10, 1, 3)).toBeCloseTo(doseSampler(grid)(1, 2, 3), 4);
});
