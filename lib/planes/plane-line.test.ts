import { describe, expect, test } from 'vitest';
import { cross, type Mm3 } from '../dicom/image-plane.ts';
import { crossing, lineOn, openedAt } from './plane-line.ts';
import { type CanvasPoint, depthOf, toCanvas, toPatient, type ViewPlane } from './view-plane.ts';
import { unit } from './volumes.fixture.ts';

const view = (right: Mm3, down: Mm3, centre: Mm3): ViewPlane => ({
  ...{ frameOfReferenceUid: '2.25.1', right, down, centre, mmPerPixel: 0.5, width: 400, height: 300 },
});
const axial = view([1, 0, 0], [0, 1, 0], [10, 20, 30]);
const coronal = view([1, 0, 0], [0, 0, -1], [10, 35, 30]);
const sagittal = view([0, 1, 0], [0, 0, -1], [-5, 20, 30]);
const right = unit([1, 0.3, 0.2]);
const askew = view(right, unit(cross([0.1, -0.4, 1], right)), [12, 22, 40]);

const along = ({ at, along: [x, y] }: { at: CanvasPoint; along: CanvasPoint }, by: number): CanvasPoint => [
  at[0] + x * by,
  at[1] + y * by,
];

test('a coronal plane cuts an axial view across, a sagittal one downwards', () => {
  // 15 mm further back are 30 pixels below the middle; 15 mm to the right of the patient are 30 to the left.
  expect(lineOn(axial, coronal)).toEqual({ at: [200, 180], along: [-1, 0] });
  expect(lineOn(axial, sagittal)?.at).toEqual([170, 150]);
});

test.each([
  ['coronal', coronal],
  ['sagittal', sagittal],
  ['askew', askew],
])('every point of the line lies in both planes: %s', (_name, other) => {
  for (const base of [axial, askew]) {
    const line = lineOn(base, other);
    if (!line) {
      expect(base).toBe(other);
      continue;
    }
    for (const by of [-200, 0, 33]) {
      const point = toPatient(base, along(line, by));
      expect(depthOf(other, point)).toBeCloseTo(0, 9);
    }
  }
});

test('parallel planes have none, turned about the normal or seen from behind', () => {
  expect(lineOn(axial, { ...axial, centre: [0, 0, 90] })).toBeNull();
  expect(lineOn(axial, { ...axial, right: [0, 1, 0], down: [1, 0, 0] })).toBeNull();
});

test('two lines cross at the point of all three planes', () => {
  const [one, other] = [lineOn(axial, coronal), lineOn(axial, sagittal)];
  if (!one || !other) throw new Error('parallel');
  const at = crossing(one, other);
  expect(along(one, at ?? 0)).toEqual(toCanvas(axial, [-5, 35, 30]));
  expect(crossing(one, one)).toBeNull();
});

describe('a line is left open where others cross it', () => {
  test.each([
    [[], [[-100, 100]]],
    [
      [10],
      [
        [-100, 0],
        [20, 100],
      ],
    ],
    [
      [12, 10],
      [
        [-100, 0],
        [22, 100],
      ],
    ],
    [[105], [[-100, 95]]],
    [[-95], [[-85, 100]]],
    [[300], [[-100, 100]]],
  ])('at %j', (places, pieces) => {
    expect(openedAt(places, 100, 10)).toEqual(pieces);
  });
});
