import { expect, test } from 'vitest';
import { markOf } from '@/lib/live/mark-state.fixture.ts';
import { isMarkOn, type SeenPlane } from './mark-place.ts';

const mark = markOf({
  points: [
    [10, 20, 30],
    [15, 20, 30],
  ],
});
const axial = (z: number, change: Partial<SeenPlane> = {}): SeenPlane => ({
  view: {
    frameOfReferenceUid: '1.3',
    centre: [0, 0, z],
    right: [1, 0, 0],
    down: [0, 1, 0],
    mmPerPixel: 1,
    width: 100,
    height: 100,
  },
  seriesUid: '1.2.9',
  frameOfReferenceUid: '1.3',
  projection: false,
  thickness: 3,
  ...change,
});

test('M4: a mark is on its plane within half a slice, in whatever series of its space', () => {
  expect(isMarkOn(mark, axial(30))).toBe(true);
  expect(isMarkOn(mark, axial(31.5))).toBe(true);
  expect(isMarkOn(mark, axial(31.6))).toBe(false);
  expect(isMarkOn(mark, axial(28.4))).toBe(false);
});

test('M4: and on no other plane, in no other space', () => {
  const { view } = axial(30);
  const coronal = { ...view, centre: [0, 20, 30], down: [0, 0, -1] } as const;
  expect(isMarkOn(mark, axial(30, { view: coronal }))).toBe(false);
  expect(isMarkOn(mark, axial(30, { frameOfReferenceUid: '1.4' }))).toBe(false);
  // From the other side it is the same plane.
  expect(isMarkOn(mark, axial(30, { view: { ...view, right: [-1, 0, 0] } }))).toBe(true);
  const unplaced = { ...mark, frameOfReferenceUid: null };
  expect(isMarkOn(unplaced, axial(30, { frameOfReferenceUid: null }))).toBe(false);
  expect(isMarkOn(unplaced, axial(30, { frameOfReferenceUid: null, seriesUid: '1.2' }))).toBe(true);
});

test('M4: what was drawn on a projection is seen on projections along the same way, at any depth', () => {
  const drawn = { ...mark, projected: true };
  expect(isMarkOn(drawn, axial(-200, { projection: true }))).toBe(true);
  expect(isMarkOn(drawn, axial(30))).toBe(false);
  expect(isMarkOn(mark, axial(30, { projection: true }))).toBe(false);
});
