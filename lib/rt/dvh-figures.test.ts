import { expect, test } from 'vitest';
import { dvhOf } from './dvh.ts';
import { conformity, cumulativeCurve, differentialCurve, homogeneity, volumeAt } from './dvh-figures.ts';
import { gridDvh } from './grid-dvh.ts';
import { roiSolid } from './roi-solid.ts';
import { doseOf, sphere } from './shapes.fixture.ts';

const RADIUS = 12;
const bodyOf = (radius: number, centre: readonly [number, number, number] = [0, 0, 0]) => {
  const found = roiSolid(sphere(radius, 0.5, centre), null);
  if (!found.known) throw new Error(found.reason);
  return found.solid;
};
const dvh = (radius: number, grid: ReturnType<typeof doseOf>, centre?: readonly [number, number, number]) => {
  const found = dvhOf(bodyOf(radius, centre), grid);
  if (!found.known) throw new Error(found.reason);
  return found.dvh;
};
const volumeOf = (radius: number) => ((4 / 3) * Math.PI * radius ** 3) / 1000;

test('a sphere in a linear dose: Dx and Vx are those of the cap', () => {
  const found = dvh(
    RADIUS,
    doseOf((x) => 50 + x, 30, 2),
  );
  // Of a sphere in a linear dose: D95 = Dc − 0.729299 gR, D2 = Dc + 0.831925 gR.
  expect(found.dose?.d95).toBeCloseTo(50 - 0.729299 * RADIUS, 1);
  expect(found.dose?.d2).toBeCloseTo(50 + 0.831925 * RADIUS, 1);
  expect((volumeAt(found, 50) ?? 0) / found.volume).toBeCloseTo(0.5, 3);
  expect(volumeAt(found, 0)).toBe(found.covered);
  expect(volumeAt(found, 70)).toBe(0);
  expect(homogeneity(found)).toBeCloseTo((2 * 0.831925 * RADIUS) / 50, 1);
});

test('the isodose of a round dose is as large as its sphere; a target of that size fits it', () => {
  const grid = doseOf((x, y, z) => 60 - Math.hypot(x, y, z), 30, 1);
  const everywhere = gridDvh(grid);
  expect(everywhere.outside).toBeCloseTo(0, 6);
  expect(everywhere.volume).toBeCloseTo(60 ** 3 / 1000, 6);
  expect(volumeAt(everywhere, 60 - RADIUS)).toBeCloseTo(volumeOf(RADIUS), 1);
  const fitting = conformity(dvh(RADIUS, grid), everywhere, 60 - RADIUS);
  expect(fitting?.paddick).toBeCloseTo(1, 1);
  expect(fitting?.rtog).toBeCloseTo(1, 1);
  // A target of half the radius within it: TV_PIV = TV, so Paddick = TV / PIV.
  const small = conformity(dvh(RADIUS / 2, grid), everywhere, 60 - RADIUS);
  expect(small?.paddick).toBeCloseTo(1 / 8, 2);
  expect(small?.rtog).toBeCloseTo(8, 1);
  expect(conformity(dvh(RADIUS, grid, [25, 0, 0]), everywhere, 48)).toBeNull();
  expect(conformity(dvh(RADIUS, grid), everywhere, 70)).toBeNull();
});

test('the differential curve adds up to the volume, the cumulative one falls from it', () => {
  const found = dvh(
    RADIUS,
    doseOf((x) => 50 + x, 30, 2),
  );
  const cumulative = cumulativeCurve(found, 70, 140);
  expect(cumulative[0]).toEqual({ gy: 0, volume: found.covered });
  expect(cumulative.at(-1)).toEqual({ gy: 70, volume: 0 });
  const differential = differentialCurve(found, 70, 140);
  expect(differential.reduce((sum, one) => sum + one.volume * 0.5, 0)).toBeCloseTo(found.covered, 6);
  // Of a sphere it is a parabola with its top in the middle: 3/4R per Gy.
  const top = differential.reduce((best, one) => (one.volume > best.volume ? one : best));
  expect(top.gy).toBeCloseTo(50, 0);
  expect(top.volume / found.volume).toBeCloseTo(3 / (4 * RADIUS), 2);
});

test.each<[string, (x: number, y: number, z: number) => number]>([
  ['one dose everywhere', () => 50],
  ['no dose at all', () => 0],
  ['half of it at 0 Gy', (x) => Math.max(0, x)],
])('the curve of the command is that of the viewer, from all of the volume to nothing: %s', (_, dose) => {
  const found = dvh(RADIUS, doseOf(dose, 30, 2));
  const { curve } = found.dose ?? {};
  if (!curve) throw new Error('no dose');
  expect(curve.volume[0]).toBe(found.covered);
  expect(curve.volume.at(-1)).toBe(0);
  expect(curve.volume).toEqual(curve.dose.map((gy) => volumeAt(found, gy)));
});

test('outside of the grid there are no figures', () => {
  const found = dvh(
    5,
    doseOf(() => 50, 30, 2),
    [100, 0, 0],
  );
  expect([found.dose, volumeAt(found, 10), homogeneity(found)]).toEqual([null, null, null]);
});
