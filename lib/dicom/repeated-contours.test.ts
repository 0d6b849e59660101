import { expect, test } from 'vitest';
import { withoutRepeats } from './repeated-contours.ts';
import type { Contour } from './rtstruct.ts';

const contour = (points: number[][], type: Contour['type'] = 'CLOSED_PLANAR'): Contour => ({
  type,
  points: Float64Array.from(points.flat()),
  imageUids: [],
});
const corners = [
  [0, 0, 5],
  [9, 0, 5],
  [9, 9, 5],
  [0, 7, 5],
];
const [first = [], ...rest] = corners;

test.each([
  ['the same', corners],
  ['the other way round', [...corners].reverse()],
  ['from another point on', [...rest, first]],
  ['closed by its first point', [...corners, first]],
  [
    'with points on the lines between',
    [first, [4.5, 0, 5], ...rest.slice(0, 2), [4.5, 8, 5], ...rest.slice(2)],
  ],
  ['rounded otherwise', corners.map((point) => point.map((value) => value + 0.001))],
])('a contour written twice counts once: %s', (_, again) => {
  expect(withoutRepeats([contour(corners), contour(again), contour(corners)])).toHaveLength(1);
});

test.each([
  [12.0496, 12.05],
  [12.0004, 11.9998],
  [12.6297, 12.6302],
  [-0.0003, 0.0002],
  [12.04, 12.05],
])('also where its last digit is another: %d and %d', (one, other) => {
  const at = (x: number) => contour(corners.map(([px = 0, y = 0, z = 0]) => [px === 9 ? x : px, y, z]));
  expect(withoutRepeats([at(one), at(other)])).toHaveLength(1);
  expect(withoutRepeats([at(other), at(one)])).toHaveLength(1);
});

test.each([
  ['on another plane', corners.map(([x = 0, y = 0]) => [x, y, 8])],
  ['in another order: another shape', [corners[1] ?? [], first, ...corners.slice(2)]],
  ['a hole', corners.map(([x = 0, y = 0, z = 0]) => [2 + x / 3, 2 + y / 3, z])],
])('another contour stays: %s', (_, other) => {
  expect(withoutRepeats([contour(corners), contour(other)])).toHaveLength(2);
});

test('XOR contours undo each other when they say so', () => {
  const twice = [contour(corners, 'CLOSEDPLANAR_XOR'), contour(corners, 'CLOSEDPLANAR_XOR')];
  expect(withoutRepeats(twice)).toHaveLength(2);
});
