import { describe, expect, test } from 'vitest';
import type { DoseGrid } from '../dicom/rtdose.ts';
import type { Roi } from '../dicom/rtstruct.ts';
import { doseSampler } from './dose-at.ts';
import { type DoseFigures, dvhOf } from './dvh.ts';
import { roiSolid } from './roi-solid.ts';
import { circles, doseOf, planesBetween, sphere } from './shapes.fixture.ts';

const CENTRE = 50;
const SLOPE = 1;
const along = (axis: 0 | 1 | 2) => doseOf((x, y, z) => CENTRE + SLOPE * ([x, y, z][axis] ?? 0));

function figures(roi: Roi, grid: DoseGrid) {
  const solid = roiSolid(roi, null);
  if (!solid.known) throw new Error(solid.reason);
  const result = dvhOf(solid.solid, grid);
  if (!result.known || !result.dvh.dose) throw new Error('no figures');
  return { ...result.dvh, ...result.dvh.dose };
}

/** Share of the covered volume that receives at least `dose`, read off the curve. */
function shareAt({ curve }: DoseFigures, dose: number): number {
  const at = curve.dose.findIndex((one) => one >= dose);
  const [d0 = 0, d1 = 0] = [curve.dose[at - 1], curve.dose[at]];
  const [v0 = 0, v1 = 0] = [curve.volume[at - 1], curve.volume[at]];
  return (v0 + ((v1 - v0) * (dose - d0)) / (d1 - d0)) / (curve.volume[0] ?? 1);
}

describe('analytic shapes in a linear dose', () => {
  test.each([
    // radius, Δz, axis of the gradient, tolerance as share of radius x slope
    [12, 1, 0, 0.005],
    [12, 1, 1, 0.005],
    [12, 0.25, 2, 0.01],
    [2.5, 0.25, 0, 0.005],
    [1.5, 0.15, 0, 0.02],
  ] as const)(
    'sphere of radius %d mm, planes %d mm apart, gradient along axis %d',
    (radius, step, axis, within) => {
      const found = figures(sphere(radius, step), along(axis));
      const off = (dose: number, factor: number) =>
        Math.abs(dose - (CENTRE + factor * SLOPE * radius)) / (SLOPE * radius);
      expect(off(found.d95, -0.729299)).toBeLessThan(within);
      expect(off(found.d2, 0.831925)).toBeLessThan(within);
      expect(off(found.min, -1)).toBeLessThan(0.02);
      expect(off(found.max, 1)).toBeLessThan(0.02);
      expect(found.mean).toBeCloseTo(CENTRE, 3);
      expect(off(found.d50, 0)).toBeLessThan(0.01);
    },
  );

  test('cylinder along and across the gradient', () => {
    const cylinder = circles(planesBetween(-12, 12, 1), () => 12);
    expect(shareAt(figures(cylinder, along(2)), CENTRE + 6)).toBeCloseTo(0.5 - 6 / 24, 2);
    const across = (Math.acos(0.5) - 0.5 * Math.sqrt(0.75)) / Math.PI;
    expect(shareAt(figures(cylinder, along(0)), CENTRE + 6)).toBeCloseTo(across, 2);
  });

  test('cone along the gradient', () => {
    const cone = circles(planesBetween(0, 24, 0.5), (z) => z / 2);
    expect(shareAt(figures(cone, along(2)), CENTRE + 12)).toBeCloseTo(1 - 0.5 ** 3, 2);
  });
});

test('outside of the grid dose is unknown, not zero', () => {
  const half = figures(sphere(10, 1, [30, 0, 0]), along(0));
  expect(Math.abs(half.outside / half.volume - 0.5)).toBeLessThan(0.01);
  expect(half.covered + half.outside).toBeCloseTo(half.volume, 9);
  expect(half.min).toBeGreaterThan(69.9);
  const solid = roiSolid(sphere(5, 1, [90, 0, 0]), null);
  expect(solid.known && dvhOf(solid.solid, along(0))).toMatchObject({ dvh: { dose: null, covered: 0 } });
});

test('another frame of reference is refused', () => {
  const solid = roiSolid(sphere(5, 1), null);
  expect(solid.known && dvhOf(solid.solid, { ...along(0), frameOfReferenceUid: '2.25.9' })).toEqual({
    known: false,
    reason: 'frame_of_reference_differs',
  });
});

test('trilinear on turned axes and uneven planes, NaN outside', () => {
  const grid = along(0);
  const turned: DoseGrid = {
    ...grid,
    origin: [0, 0, 0],
    rowDirection: [0, 1, 0],
    columnDirection: [0, 0, 1],
    normal: [1, 0, 0],
    columns: 2,
    rows: 2,
    columnSpacing: 2,
    rowSpacing: 4,
    offsets: Float64Array.from([0, 1, 5]),
    doses: Float32Array.from([0, 2, 4, 6, 10, 12, 14, 16, 50, 52, 54, 56]),
  };
  const at = doseSampler(turned);
  expect(at(0, 1, 2)).toBeCloseTo(3, 6);
  expect(at(3, 1, 2)).toBeCloseTo(33, 6);
  expect(at(5, 2, 4)).toBeCloseTo(56, 6);
  const outside: [number, number, number][] = [
    [-0.1, 1, 1],
    [5.1, 1, 1],
    [1, 2.1, 1],
    [1, 1, 4.1],
    [1, -0.1, 1],
  ];
  for (const point of outside) expect(at(...point)).toBeNaN();
});
