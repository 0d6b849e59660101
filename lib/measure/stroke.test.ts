import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import { measurementKinds } from '../live/measurement-state.ts';
import {
  begun,
  centreOf,
  type DrawingPlane,
  finished,
  isComplete,
  lifted,
  penAt,
  penSet,
  placedByKey,
  pointsOf,
  type Stroke,
  withOfferedAxis,
} from './stroke.ts';
import { distance } from './vectors.ts';

const plane: DrawingPlane = { right: [1, 0, 0], down: [0, 1, 0], normal: [0, 0, 1] };
const drawn = (kind: Parameters<typeof begun>[0], ...points: Mm3[]): Stroke => {
  const [first = [0, 0, 0] as const, ...others] = points;
  return others.reduce((stroke, point) => penSet(penAt(stroke, point)), begun(kind, plane, first));
};

describe('what is drawn point by point', () => {
  test('a length follows the pen, and is done with its second end', () => {
    const stroke = penAt(begun('length', plane, [0, 0, 5]), [3, 4, 5]);
    expect(pointsOf(stroke)).toEqual([
      [0, 0, 5],
      [3, 4, 5],
    ]);
    expect(isComplete(stroke)).toBe(false);
    expect(isComplete(penSet(stroke))).toBe(true);
    expect(finished(penSet(stroke), 1)).toEqual(pointsOf(stroke));
  });

  test('an angle takes three', () => {
    const arm = drawn('angle', [10, 0, 0], [0, 0, 0]);
    expect(isComplete(arm)).toBe(false);
    expect(pointsOf(penAt(arm, [0, 10, 0]))).toHaveLength(3);
    expect(isComplete(penSet(penAt(arm, [0, 10, 0])))).toBe(true);
  });

  test('an ellipse fits between two corners', () => {
    expect(finished(drawn('ellipse', [0, 0, 0], [10, 4, 0]), 1)).toEqual([
      [5, 2, 0],
      [10, 2, 0],
      [5, 4, 0],
    ]);
  });

  test('too small to mean anything: nothing', () => {
    for (const kind of ['length', 'ellipse', 'region', 'arrow'] as const)
      expect(finished(drawn(kind, [0, 0, 0], [0.3, 0.3, 0]), 1), kind).toBeNull();
    // As wide as it is long, or it has no area.
    expect(finished(drawn('ellipse', [0, 0, 0], [30, 0.2, 0]), 1)).toBeNull();
  });
});

describe('two diameters in two steps', () => {
  const long = drawn('bidirectional', [0, 0, 0], [20, 0, 0]);

  test('after the first the other is offered, half as long', () => {
    expect(withOfferedAxis(long)).toEqual([
      [0, 0, 0],
      [20, 0, 0],
      [10, -5, 0],
      [10, 5, 0],
    ]);
    expect(withOfferedAxis(begun('bidirectional', plane, [0, 0, 0]))).toBeNull();
  });

  test('one end of it set, the other as far to the other side', () => {
    expect(pointsOf(penAt(long, [12, 3, 0]))).toEqual([
      [0, 0, 0],
      [20, 0, 0],
      [12, 3, 0],
      [12, -3, 0],
    ]);
  });

  test('both ends set: perpendicular, whatever the pen does along the first', () => {
    const both = penSet(penAt(penSet(penAt(long, [12, 3, 0])), [17, -9, 0]));
    expect(isComplete(both)).toBe(true);
    expect(finished(both, 1)?.[3]).toEqual([12, -9, 0]);
  });
});

describe('the pen is lifted', () => {
  const length = penAt(begun('length', plane, [0, 0, 0]), [9, 0, 0]);
  test('after a drag: done; after a first click: followed; after a second one: done', () => {
    expect(lifted(length, true, true).done).toBe(true);
    expect(lifted(length, false, true)).toEqual({ stroke: length, done: false });
    expect(lifted(length, false, false).done).toBe(true);
  });
  test('after the long axis the short one is to come; a click on it is enough', () => {
    const { stroke, done } = lifted(penAt(begun('bidirectional', plane, [0, 0, 0]), [20, 0, 0]), true, true);
    expect(done).toBe(false);
    const down = penSet(penAt(stroke, [12, 3, 0]));
    const clicked = lifted(down, false, false);
    expect(clicked.done).toBe(true);
    expect(finished(clicked.stroke, 1)?.[3]).toEqual([12, -3, 0]);
    const dragged = lifted(penAt(down, [14, -6, 0]), true, false);
    expect(finished(dragged.stroke, 1)?.[3]).toEqual([12, -6, 0]);
  });
});

describe('a free hand', () => {
  const circle = Array.from({ length: 720 }, (_, at): Mm3 => {
    const angle = (at * Math.PI) / 360;
    return [20 * Math.cos(angle), 20 * Math.sin(angle), 0];
  });

  test('keeps what its line needs, and never more than 200 points', () => {
    const stroke = circle.reduce(
      (one, point) => penAt(one, point, 0.1),
      begun('freehand', plane, [20, 0, 0]),
    );
    const points = finished(stroke, 1) ?? [];
    expect(points.length).toBeGreaterThan(15);
    expect(points.length).toBeLessThan(200);
    expect(finished(stroke, 1e-6)?.length).toBeLessThanOrEqual(200);
  });

  test('a line without width is none', () => {
    const line = circle
      .slice(0, 40)
      .reduce((one, _, at) => penAt(one, [at, 0, 0]), begun('freehand', plane, [0, 0, 0]));
    expect(finished(line, 1)).toBeNull();
  });

  test('points nearer than the finest are left out', () => {
    const stroke = penAt(penAt(begun('freehand', plane, [0, 0, 0]), [0.1, 0, 0], 1), [2, 0, 0], 1);
    expect(stroke.placed).toHaveLength(2);
  });
});

test.each(measurementKinds)('%s: set down by a key, in the middle of the view', (kind) => {
  const points = placedByKey(kind, plane, [1, 2, 3], 160);
  const [first = [0, 0, 0] as const, ...others] = points;
  for (const other of others) expect(distance(first, other)).toBeGreaterThanOrEqual(10);
  expect(points.every((point) => point[2] === 3)).toBe(true);
  const centre = centreOf(kind, points);
  expect(Math.hypot(centre[0] - 1, centre[1] - 2)).toBeLessThan(30);
});
