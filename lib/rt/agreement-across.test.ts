import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import type { Roi } from '../dicom/rtstruct.ts';
import { agreementOf } from './agreement.ts';
import { roiSolid } from './roi-solid.ts';
import { circles, planesBetween, sphere } from './shapes.fixture.ts';

function compare(a: Roi, b: Roi) {
  const [one, two] = [roiSolid(a, null), roiSolid(b, null)];
  if (!one.known || !two.known) throw new Error('no solid');
  const result = agreementOf(one.solid, two.solid);
  if (!result.known) throw new Error(result.reason);
  return result.agreement;
}

/** The ROI with each point put where `to` says. */
const moved = (roi: Roi, to: (point: Mm3) => Mm3): Roi => ({
  ...roi,
  contours: roi.contours.map((one) => {
    const points = new Float64Array(one.points.length);
    for (let at = 0; at < points.length; at += 3)
      points.set(to([...one.points.slice(at, at + 3)] as never), at);
    return { ...one, points };
  }),
});

/** A block from 0 to its sides, drawn on planes along z that are `step` apart. */
function block([x, y, z]: Mm3, step: number): Roi {
  const corners = [0, 0, x, 0, x, y, 0, y];
  const contours = planesBetween(0, z, step).map((at) => ({
    type: 'CLOSED_PLANAR' as const,
    points: Float64Array.from(
      [0, 1, 2, 3].flatMap((c) => [corners[2 * c] ?? 0, corners[2 * c + 1] ?? 0, at]),
    ),
    imageUids: [],
  }));
  return { ...circles([], () => 0), contours };
}

/** The same block on planes along x, and on planes along y. */
const sagittal = ([x, y, z]: Mm3, step: number): Roi =>
  moved(block([y, z, x], step), ([u, v, w]) => [w, u, v]);
const coronal = ([x, y, z]: Mm3, step: number): Roi =>
  moved(block([z, x, y], step), ([u, v, w]) => [v, w, u]);

const PATIENCE_MS = 60_000;
const SIDES: Mm3 = [20, 12, 16];
/** Surfaces are made on a grid of a 28th of the smaller body, here 0.43 mm, which cuts a block's corners off. */
const CUT_OFF_MM = 0.11;

describe('a block drawn on planes of two directions', { timeout: PATIENCE_MS }, () => {
  test.each([
    ['axial and sagittal', block(SIDES, 2), sagittal(SIDES, 2.5)],
    ['coronal and axial', coronal(SIDES, 3), block(SIDES, 1)],
    ['sagittal and coronal', sagittal(SIDES, 1), coronal(SIDES, 2)],
  ])('%s: the same body', (_, a, b) => {
    const { dice, surfaceDice, hd95, mean } = compare(a, b);
    expect(Math.abs(dice - 1)).toBeLessThan(1e-6);
    expect(surfaceDice).toBe(1);
    // Edges are met by a grid of a 28th of the body.
    expect(hd95).toBeLessThan(0.2);
    expect(mean).toBeLessThan(0.05);
  });

  test.each([
    [[3, 0, 0], 20],
    [[0, 1.7, 0], 12],
    [[0, 0, 4], 16],
  ] as const)('displaced by %j mm: Dice and the largest distance by their formulas', (by, side) => {
    const delta = Math.max(...by);
    const other = moved(sagittal(SIDES, 2), ([x, y, z]) => [x + by[0], y + by[1], z + by[2]]);
    for (const [a, b] of [
      [block(SIDES, 2), other],
      [other, block(SIDES, 2)],
    ] as const) {
      const { dice, hd } = compare(a, b);
      expect(Math.abs(dice - (side - delta) / side)).toBeLessThan(1e-4);
      expect(Math.abs(hd - delta)).toBeLessThan(CUT_OFF_MM);
    }
  });

  test('turned about an axis between the planes’: Dice by the formula of two squares', () => {
    // Two squares of side 2 about 0, one turned by 45°: they share a regular octagon of 8 (√2 − 1).
    const centred = (roi: Roi) => moved(roi, ([x, y, z]) => [x - 10, y - 10, z - 10]);
    const cube = centred(block([20, 20, 20], 1));
    const half = Math.SQRT1_2;
    const turned = moved(cube, ([x, y, z]) => [x, half * (y - z), half * (y + z)]);
    expect(Math.abs(compare(cube, turned).dice - 2 * (Math.SQRT2 - 1))).toBeLessThan(1e-4);
  });
});

test('two spheres on planes of two directions: Dice of the formula', { timeout: PATIENCE_MS }, () => {
  const [radius, delta] = [10, 4];
  const upright = moved(sphere(radius, 0.4), ([x, y, z]) => [z, x + delta, y]);
  const { dice, mean } = compare(sphere(radius, 0.4), upright);
  const truth = ((2 * radius - delta) ** 2 * (4 * radius + delta)) / (16 * radius ** 3);
  expect(Math.abs(dice - truth)).toBeLessThan(1e-3);
  expect(Math.abs(mean / (delta / 2) - 1)).toBeLessThan(0.02);
});
