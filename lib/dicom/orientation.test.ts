import { expect, test } from 'vitest';
import type { Mm3 } from './image-plane.ts';
import { opposite, orientationMark } from './orientation.ts';

test.each<[Mm3, string, string]>([
  [[1, 0, 0], 'L', 'R'],
  [[0, 1, 0], 'P', 'A'],
  [[0, 0, 1], 'H', 'F'],
  [[-1, 0, 0], 'R', 'L'],
  [[0.98741, -0.15816, 0], 'LA', 'RP'],
  [[0.999, 0.04, 0], 'L', 'R'],
  [[0.6, 0.8, 0], 'PL', 'AR'],
  [[0.5, 0.6, -0.62], 'FPL', 'HAR'],
])('%j points to %s, away from %s', (direction, mark, other) => {
  expect(orientationMark(direction)).toBe(mark);
  expect(orientationMark(opposite(direction))).toBe(other);
});
