import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import { bidirectionalOf } from './bidirectional.ts';
import { linesOf, nearness, regionRadius } from './drawing.ts';
import { movedBy, pointPulled, withPoints } from './edit.ts';
import { ellipseShape } from './ellipse.ts';
import { measurement } from './measurement.fixture.ts';
import type { VoxelEdges } from './uncertainty.ts';

const edges: VoxelEdges = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 5],
];

describe('an ellipse that is pulled', () => {
  const ellipse = measurement('ellipse', [
    [0, 0, 0],
    [10, 0, 0],
    [0, 5, 0],
  ]);

  test('at its first axis: it turns, the other axis keeps its length', () => {
    const turned = pointPulled(ellipse, 1, [0, 20, 0]);
    expect(ellipseShape(turned.points, [0, 0, 1], edges)?.area.value).toBeCloseTo(Math.PI * 100, 6);
    expect(turned.points[2]).toEqual([-5, 0, 0]);
  });

  test('at its second axis: only across the first', () => {
    expect(pointPulled(ellipse, 2, [7, 8, 0]).points[2]).toEqual([0, 8, 0]);
  });

  test('at its centre: all of it moves', () => {
    expect(pointPulled(ellipse, 0, [1, 2, 3]).points).toEqual(movedBy(ellipse, [1, 2, 3]).points);
  });
});

test('a short axis stays perpendicular', () => {
  const both = measurement('bidirectional', [
    [0, 0, 0],
    [20, 0, 0],
    [10, -4, 0],
    [10, 4, 0],
  ]);
  const pulled = pointPulled(both, 3, [14, 9, 0]);
  expect(pulled.points[3]).toEqual([10, 9, 0]);
  expect(bidirectionalOf(pulled.points, edges)?.perpendicular).toBe(true);
});

test('a region keeps its radius when its centre moves, and is cut by every plane that it reaches', () => {
  const region = pointPulled(
    measurement('region', [
      [0, 0, 0],
      [15, 0, 0],
    ]),
    0,
    [5, 5, 5],
  );
  expect(regionRadius(region.points)).toBe(15);
  const plane = (z: number) => ({ point: [0, 0, z] as Mm3, normal: [0, 0, 1] as Mm3 });
  expect([19, -9, 21].map((z) => nearness(region, plane(z), 5))).toEqual(['on', 'on', 'far']);
});

test('a line is on its plane within half a slice, hinted at within 2.5, and else not there', () => {
  const line = measurement('length', [
    [0, 0, 1],
    [9, 0, 1],
  ]);
  const at = (z: number) => nearness(line, { point: [3, 3, z], normal: [0, 0, 1] }, 4);
  expect([1, 3, 3.1, 11, 11.5].map(at)).toEqual(['on', 'on', 'near', 'near', 'far']);
  // Seen from the side it lies across the plane.
  expect(nearness(line, { point: [0, 0, 0], normal: [1, 0, 0] }, 1)).toBe('far');
});

test('points are kept to a hundredth of a millimetre', () => {
  expect(withPoints(measurement('length', [[0, 0, 0]]), [[1.23456, -0.001, 1e3]]).points).toEqual([
    [1.23, -0, 1000],
  ]);
});

test('what is being drawn is drawn as far as it is there', () => {
  expect(linesOf(measurement('angle', [[0, 0, 0]]))[0]?.points).toHaveLength(1);
  expect(linesOf(measurement('bidirectional', [[0, 0, 0]])).map((line) => line.points.length)).toEqual([
    1, 0,
  ]);
  expect(linesOf(measurement('region', [[0, 0, 0]]))).toEqual([]);
});
