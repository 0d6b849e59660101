import { describe, expect, test } from 'vitest';
import { cross, type ImagePlane, type Mm3 } from './image-plane.ts';
import { alongNormal, geometryWarnings, sliceDistance, splitIntoStacks } from './image-plane-order.ts';

const plane = (origin: Mm3, changes: Partial<ImagePlane> = {}): ImagePlane => {
  const { rowDirection = [1, 0, 0], columnDirection = [0, 1, 0] } = changes;
  return {
    frameOfReferenceUid: '2.25.1',
    origin,
    columnSpacing: 1,
    rowSpacing: 1,
    columns: 4,
    rows: 4,
    ...changes,
    rowDirection,
    columnDirection,
    normal: cross(rowDirection, columnDirection),
  };
};
const stack = (...zs: number[]): ImagePlane[] => zs.map((z) => plane([0, 0, z]));
/** Tilted 14 degrees round the left-right axis, the table moving along z. */
const tilt = { columnDirection: [0, 0.970296, -0.241922] as Mm3 };

describe('what a reader must know', () => {
  test.each<[string, (ImagePlane | null)[], string[]]>([
    ['even', stack(0, 3, 6), []],
    ['downwards', stack(6, 3, 0), []],
    ['rounded positions', stack(0, 3.02, 6, 9.01), []],
    ['a lone image', stack(0), []],
    ['a slice missing', stack(18.1, 23.1, 28.1, 38.1), ['uneven_spacing']],
    ['a position twice', stack(0, 3, 3, 6), ['repeated_position', 'uneven_spacing']],
    ['one without geometry', [...stack(0, 3), null], ['no_geometry']],
    ['gantry tilt', [0, 3, 6].map((z) => plane([0, 0, z], tilt)), ['gantry_tilt']],
    ['oblique, but straight', [0, 3, 6].map((n) => plane([0, 0.241922 * n, 0.970296 * n], tilt)), []],
  ])('%s', (_, planes, warnings) => {
    expect(geometryWarnings(planes)).toEqual(warnings);
  });
});

test.each<[string, (ImagePlane | null)[], number | null]>([
  ['even', stack(0, 3, 6), 3],
  ['in any order', stack(6, 0, 3), 3],
  ['a slice missing', stack(0, 3, 9, 12, 15), 3],
  ['an even number of steps', stack(0, 2, 6), 3],
  ['a position twice', stack(0, 0, 3), 3],
  ['a lone image', stack(0), null],
  ['twice the same position', stack(1, 1), null],
  ['without geometry', [null, null], null],
])('slice distance: %s', (_, planes, expected) => {
  expect(sliceDistance(planes)).toBe(expected);
});

test('stacks are told apart by direction, size, spacing and frame of reference', () => {
  const planes = [
    plane([0, 0, 0]),
    plane([0, 0, 0], { columnDirection: [0, 0, -1] }),
    plane([0, 0, 3]),
    plane([0, 0, 3], { rows: 8 }),
    plane([0, 0, 3], { rowSpacing: 2 }),
    plane([0, 0, 3], { frameOfReferenceUid: '2.25.2' }),
    null,
    plane([0, 0, 6], { rowDirection: [-1, 0, 0] }),
    null,
  ];
  expect(splitIntoStacks(planes)).toEqual([[0, 2], [1], [3], [4], [5], [6, 8], [7]]);
});

test('position along the normal, of one plane and of another', () => {
  const tilted = plane([0, 0, 10], tilt);
  expect(alongNormal(tilted)).toBeCloseTo(9.70296, 5);
  expect(alongNormal(tilted, plane([0, 0, 0]))).toBe(10);
});
