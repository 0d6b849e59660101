import { describe, expect, test } from 'vitest';
import { isClosed, outlineRuns, type PlanePoint, toPlanePoints } from './contour-outline.ts';
import { contourAt, planeAt } from './planes.fixture.ts';

test('in-plane mm from the first pixel, on any axes', () => {
  expect(toPlanePoints(contourAt(5), planeAt([-1, -2, 5]))).toEqual([
    [1, 2],
    [10, 2],
    [10, 11],
  ]);
  const sagittal = planeAt([0, 0, 0], [0, 1, 0], [0, 0, -1]);
  expect(toPlanePoints(contourAt(5), sagittal).at(2)).toEqual([9, -5]);
});

describe('outline runs', () => {
  const square: PlanePoint[] = [
    [0, 0],
    [9, 0],
    [9, 9],
    [0, 9],
  ];

  test('a plain contour is one run that comes back to its start', () => {
    expect(outlineRuns(square)).toEqual([[...square, [0, 0]]]);
  });

  test('a keyhole’s channel is not stroked', () => {
    const keyhole: PlanePoint[] = [...square, [0, 0], [3, 3], [3, 6], [6, 6], [6, 3], [3, 3]];
    const runs = outlineRuns(keyhole);
    expect(runs).toHaveLength(2);
    expect(runs.flatMap((run) => run.slice(1)).length).toBe(8);
  });

  test.each([[[]], [[[1, 1]] as PlanePoint[]]])('fewer than two points: nothing', (points) => {
    expect(outlineRuns(points)).toEqual([]);
  });
});

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
