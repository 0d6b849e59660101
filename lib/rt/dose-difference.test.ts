import { expect, test } from 'vitest';
import type { Rigid } from '../dicom/rigid.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { doseSampler } from './dose-at.ts';
import { differencePlane, movedDose } from './dose-difference.ts';
import type { CutPlane } from './section-plane.ts';
import { doseOf } from './shapes.fixture.ts';

/** An axial plane at z = 1. */
const AXIAL: CutPlane = { right: [1, 0, 0], down: [0, 1, 0], normal: [0, 0, 1], depth: 1 };

function differenceAt(a: DoseGrid, b: DoseGrid, x: number, y: number): number {
  const plane = differencePlane(a, b, AXIAL);
  if (!plane) throw new Error('no plane');
  const [column, row] = [Math.round((x - plane.x) / plane.dx), Math.round((y - plane.y) / plane.dy)];
  return plane.values[row * plane.columns + column] ?? Number.NaN;
}

test('a − b, below zero where b is higher', () => {
  const [a, b] = [doseOf((x) => 40 + x), doseOf((_, y) => 40 + y)];
  expect(differenceAt(a, b, 5, 2.5)).toBeCloseTo(2.5, 4);
  expect(differenceAt(a, b, 2.5, 5)).toBeCloseTo(-2.5, 4);
});

test('each from its own grid; where the other one ends nothing is known', () => {
  const [a, b] = [doseOf((x) => 50 + x, 30, 2), doseOf((_, y) => 30 + y, 21, 3)];
  expect(differenceAt(a, b, 4, -5)).toBeCloseTo(20 + 4 + 5, 4);
  expect(differenceAt(a, b, 26, 0)).toBeNaN();
  expect(differencePlane(a, b, { ...AXIAL, depth: 31 })).toBeNull();
});

test('a dose that is moved says at the new place what it said at the old one', () => {
  // A quarter turn about z, then 10 mm to the left.
  const transform: Rigid = { rotation: [0, -1, 0, 1, 0, 0, 0, 0, 1], translation: [10, 0, 0] };
  const grid = doseOf((x, y, z) => 40 + x + 2 * y + 3 * z);
  const moved = movedDose(grid, transform, '2.25.77');
  expect(moved.frameOfReferenceUid).toBe('2.25.77');
  expect(doseSampler(moved)(-2 + 10, 1, 3)).toBeCloseTo(doseSampler(grid)(1, 2, 3), 4);
});
