import { expect, test } from 'vitest';
import { isClosed } from './contour-outline.ts';
import { contourAt } from './planes.fixture.ts';

test.each([
  ['CLOSED_PLANAR', true],
  ['CLOSEDPLANAR_XOR', true],
  ['OPEN_PLANAR', false],
  ['OPEN_NONPLANAR', false],
  ['POINT', false],
  ['UNKNOWN', false],
] as const)('%s closed: %s', (type, closed) => {
  expect(isClosed({ ...contourAt(0), type })).toBe(closed);
});
