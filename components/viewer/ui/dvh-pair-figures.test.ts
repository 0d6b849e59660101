import { expect, test } from 'vitest';
import { dvhOf } from '@/lib/rt/dvh.ts';
import { roiSolid } from '@/lib/rt/roi-solid.ts';
import { doseOf, sphere } from '@/lib/rt/shapes.fixture.ts';
import type { RoiDvh } from '../workers/dose-messages.ts';
import { pairFigures } from './dvh-pair-figures.ts';

function dvh(formula: (x: number) => number, at: readonly [number, number, number] = [0, 0, 0]): RoiDvh {
  const body = roiSolid(sphere(10, 1, at), null);
  if (!body.known) throw new Error(body.reason);
  return dvhOf(body.solid, doseOf(formula));
}

test('each figure in both doses; a tenth less everywhere is a tenth less in all of them', () => {
  const found = pairFigures(
    dvh((x) => 40 + x),
    dvh((x) => 0.9 * (40 + x)),
    'percent',
    40,
  );
  if (typeof found === 'string') throw new Error(found);
  expect(found.map((one) => one.name)).toEqual(['d95', 'd50', 'd2', 'mean', 'v']);
  for (const { a, b } of found.slice(0, 4)) expect((b ?? 0) / (a ?? 1)).toBeCloseTo(0.9, 3);
  const volume = found.at(-1);
  expect(volume?.a).toBeCloseTo(50, 0);
  expect(volume?.b).toBeLessThan(30);
});

test('an ROI outside of one grid has figures in the other alone; outside of both it is said', () => {
  const outside = dvh(() => 40, [100, 0, 0]);
  const found = pairFigures(
    dvh(() => 40),
    outside,
    'cc',
    30,
  );
  if (typeof found === 'string') throw new Error(found);
  expect(found[0]).toMatchObject({ a: expect.closeTo(40, 6), b: null });
  expect(found[4]?.a).toBeCloseTo(4.19, 1);
  expect(found[4]?.b).toBeNull();
  expect(pairFigures(outside, outside, 'cc', 30)).toBe('outsideGrid');
});

test('while one is computed, or has none, that is said', () => {
  expect(
    pairFigures(
      dvh(() => 40),
      undefined,
      'cc',
      null,
    ),
  ).toBe('computing');
  expect(
    pairFigures(
      { known: false, reason: 'not_parallel' },
      dvh(() => 40),
      'cc',
      null,
    ),
  ).toBe('not_parallel');
});
