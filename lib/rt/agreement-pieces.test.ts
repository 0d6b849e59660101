import { describe, expect, test } from 'vitest';
import type { Contour, Roi } from '../dicom/rtstruct.ts';
import { agreementOf } from './agreement.ts';
import { roiSolid } from './roi-solid.ts';
import { circles, planesBetween, sphere } from './shapes.fixture.ts';
import { mm } from './units.ts';

/** A busy machine takes several times what a quiet one does. */
const PATIENCE_MS = 120_000;

const together = (...pieces: readonly Roi[]): Roi => ({
  ...circles([], () => 0),
  contours: pieces.flatMap((piece) => piece.contours),
});

function compare(a: Roi, b: Roi, tolerance: number) {
  const [one, two] = [roiSolid(a, 3), roiSolid(b, 3)];
  if (!one.known || !two.known) throw new Error('no solid');
  const result = agreementOf(one.solid, two.solid, mm(tolerance));
  if (!result.known) throw new Error(result.reason);
  return result.agreement;
}

const PLANES = planesBetween(0, 30, 3);
const cylinder = (radius: number, at: readonly [number, number] = [0, 0]) =>
  circles(PLANES, () => radius, at);
const tube = (radius: number, wall: number) => together(cylinder(radius), cylinder(radius - wall));

const block = (x: number, y: number, [cx, cy]: readonly [number, number], planes = PLANES): Roi => ({
  ...circles([], () => 0),
  contours: planes.map((z): Contour => {
    const [left, right, front, back] = [cx - x / 2, cx + x / 2, cy - y / 2, cy + y / 2];
    return {
      type: 'CLOSED_PLANAR',
      points: Float64Array.from([left, front, z, right, front, z, right, back, z, left, back, z]),
      imageUids: [],
    };
  }),
});

const CORNERS = [
  [0, 0],
  [60, 30],
  [-50, 45],
  [20, -70],
] as const;
const nodes = (radius: number) =>
  together(...CORNERS.map(([x, y], index) => sphere(radius, 0.5, [x, y, 10 * index])));
const seeds = (by: number) =>
  together(...[0, 20, 40, 60, 80].map((x) => circles([0, 1, 2], () => 0.5, [x + by, 0.3])));

describe('several small pieces far from each other', { timeout: PATIENCE_MS }, () => {
  test('seeds of 1 mm: against themselves 1 and 0, against the same 5 mm beside them 5', () => {
    expect(compare(seeds(0), seeds(0), 2)).toMatchObject({ surfaceDice: 1, hd95: 0, hd: 0 });
    const { surfaceDice, hd95, hd, mean } = compare(seeds(0), seeds(5), 2);
    expect(surfaceDice).toBe(0);
    expect(Math.abs(hd - 5)).toBeLessThan(0.05);
    expect(Math.abs(hd95 - 5)).toBeLessThan(0.05);
    expect(Math.abs(mean - 4.5)).toBeLessThan(0.1);
  });

  test.each([
    ['two spheres', 1.5, 2],
    ['two spheres', 2.5, 3],
  ] as const)('%s of %d and of %d mm have the figures of one', (_, radius, other) => {
    const pair = (size: number) => together(sphere(size, 0.25), sphere(size, 0.25, [120, 0, 0]));
    const { surfaceDice, hd95, mean } = compare(pair(radius), pair(other), 0.6);
    const one = compare(sphere(radius, 0.25), sphere(other, 0.25), 0.6);
    expect(surfaceDice).toBe(1);
    expect(Math.abs(hd95 - one.hd95)).toBeLessThan(0.01);
    expect(Math.abs(mean - one.mean)).toBeLessThan(0.01);
  });

  test('four nodes, each drawn 1 mm larger', () => {
    const { surfaceDice, hd95 } = compare(nodes(2), nodes(3), 1.1);
    expect(surfaceDice).toBeGreaterThan(0.99);
    expect(Math.abs(hd95 - 1)).toBeLessThan(0.1);
  });
});

describe('a stray contour of 1.4 mm beside a large organ', { timeout: PATIENCE_MS }, () => {
  test.each([
    [91.1, 0.9],
    [90.9, 1.9],
  ] as const)('at %d, %d mm: the largest distance is its own', (x, y) => {
    const stray = together(cylinder(50), block(1.4, 1.4, [x, y], [13.5]));
    const { hd, hd95 } = compare(stray, cylinder(50), 2);
    expect(Math.abs(hd - (Math.hypot(x + 0.7, y + 0.7) - 50))).toBeLessThan(0.1);
    expect(hd95).toBeLessThan(0.01);
  });

  test('in a bend of it, within its box', () => {
    // An L; the speck's far corner lies 32 mm from either leg.
    const legs = together(block(20, 80, [0, 0]), block(60, 19.9, [40.01, -30]));
    const corner = together(legs, block(0.9, 0.9, [41.3, 11.3], [13.5]));
    expect(Math.abs(compare(corner, legs, 2).hd - 31.75)).toBeLessThan(0.1);
  });
});

describe('thin walls', { timeout: PATIENCE_MS }, () => {
  test('a bar of 1.2 mm and the same 5 mm beside it', () => {
    const { surfaceDice, hd95, hd } = compare(block(80, 1.2, [0, 0]), block(80, 1.2, [0, 5]), 2);
    expect(surfaceDice).toBe(0);
    expect(Math.abs(hd - 5)).toBeLessThan(0.05);
    expect(Math.abs(hd95 - 5)).toBeLessThan(0.05);
  });

  test('one thinner than any nodes', () => {
    const { hd, hd95 } = compare(block(80, 0.1, [0, 0]), block(80, 0.1, [0, 5]), 2);
    expect(Math.abs(hd - 5)).toBeLessThan(0.01);
    expect(Math.abs(hd95 - 5)).toBeLessThan(0.01);
  });

  test('bars of 2 and of 3 mm: half a millimetre apart, more only along their edges', () => {
    const { surfaceDice, hd95 } = compare(block(80, 2, [0, 0]), block(80, 3, [0, 0]), 0.6);
    expect(surfaceDice).toBeGreaterThan(0.99);
    expect(Math.abs(hd95 - 0.5)).toBeLessThan(0.01);
  });

  test('tubes of one outer radius, walls of 1.5 and 3 mm: their inner surfaces lie 1.5 mm apart', () => {
    const { surfaceDice, hd95 } = compare(tube(60, 1.5), tube(60, 3), 1);
    expect(Math.abs(hd95 - 1.5)).toBeLessThan(0.015);
    expect(surfaceDice).toBeGreaterThan(0.5);
    expect(surfaceDice).toBeLessThan(0.6);
  });

  test('walls of 1 mm, the one 3 mm outside of the other', () => {
    const { hd95, hd } = compare(tube(60, 1), tube(63, 1), 2);
    expect(Math.abs(hd95 - 3)).toBeLessThan(0.03);
    expect(Math.abs(hd - 3)).toBeLessThan(0.05);
  });
});
