import { expect, test } from 'vitest';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { axialShape, FRAME, planesOf, volumeOf } from '@/lib/planes/volumes.fixture.ts';
import { PlaneCut } from './plane-cut.ts';

const size = { width: 4, height: 4 };
const view: ViewPlane = {
  frameOfReferenceUid: FRAME,
  centre: [0, 12, 18],
  right: [1, 0, 0],
  down: [0, 1, 0],
  mmPerPixel: 2,
  ...size,
};
const volume = () => volumeOf(planesOf(axialShape), ([x, y, z]) => x + 10 * y + 100 * z);

test.each(['plane', 'mip'] as const)('a %s is computed anew only for something else', (kind) => {
  const cut = new PlaneCut();
  const one = volume();
  expect(cut.make(one, view, size, kind)).toBe(true);
  const first = [...cut.values];
  expect(first.every(Number.isFinite)).toBe(true);
  expect(cut.make(one, { ...view }, { ...size }, kind)).toBe(false);
  expect([...cut.values]).toEqual(first);
  expect(cut.make(one, { ...view, centre: [1, 12, 18] }, size, kind)).toBe(true);
  expect([...cut.values]).not.toEqual(first);
  expect(cut.make(one, view, size, kind)).toBe(true);
  expect([...cut.values]).toEqual(first);
  expect(cut.make(volume(), view, size, kind)).toBe(true);
});

test('a cut that has gaps is computed again until they are filled', () => {
  const cut = new PlaneCut();
  const one = volume();
  const slices = [...one.slices];
  one.slices[2] = null;
  expect(cut.make(one, view, size, 'plane')).toBe(true);
  expect(cut.values.some(Number.isNaN)).toBe(true);
  one.slices = slices;
  expect(cut.make(one, view, size, 'plane')).toBe(true);
  expect(cut.values.every(Number.isFinite)).toBe(true);
  expect(cut.make(one, view, size, 'plane')).toBe(false);
});
