import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from './display-json.ts';
import { imagePlane, nearestImage, planeCentre, planeDistance, projectOnPlane } from './image-plane.ts';

const values = (...list: unknown[]) => ({ vr: 'DS', Value: list });
const image = (changes: JsonDataSet = {}): JsonDataSet => ({
  '00200032': values(10, 20, 30),
  '00200037': values(1, 0, 0, 0, 1, 0),
  '00200052': { vr: 'UI', Value: ['2.25.1'] },
  '00280010': values(5),
  '00280011': values(9),
  '00280030': values(2, 3),
  ...changes,
});
const oblique = image({ '00200037': values(1, 0, 0, 0, 0.8, 0.6) });

test('Pixel Spacing is rows first, columns second (PS3.3 10.7.1.3)', () => {
  expect(imagePlane(image())).toMatchObject({
    frameOfReferenceUid: '2.25.1',
    rowSpacing: 2,
    columnSpacing: 3,
    rows: 5,
    columns: 9,
    normal: [0, 0, 1],
  });
});

test('numbers may come as text; directions a little off are made unit vectors', () => {
  const plane = imagePlane(
    image({ '00280030': values('2', '3'), '00200037': values(1.001, 0, 0, 0, 0.999, 0) }),
  );
  expect(plane).toMatchObject({ rowSpacing: 2, rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] });
});

describe('no plane', () => {
  test.each<[string, JsonDataSet]>([
    ['no position', { '00200032': undefined }],
    ['two coordinates', { '00200032': values(1, 2) }],
    ['a coordinate that is none', { '00200032': values(1, 2, null) }],
    ['no orientation', { '00200037': undefined }],
    ['a null direction', { '00200037': values(0, 0, 0, 0, 1, 0) }],
    ['directions not perpendicular', { '00200037': values(1, 0, 0, 0.6, 0.8, 0) }],
    ['no spacing', { '00280030': undefined }],
    ['spacing zero', { '00280030': values(0, 1) }],
    ['no rows', { '00280010': undefined }],
  ])('%s', (_, changes) => {
    expect(imagePlane(image(changes))).toBeNull();
  });
});

test('enhanced objects: the frame’s own functional group before the shared one', () => {
  const group = (...items: JsonDataSet[]) => ({ vr: 'SQ', Value: items });
  const enhanced = image({
    '00200032': undefined,
    '00200037': undefined,
    '00280030': undefined,
    '52009229': group({
      '00209116': group({ '00200037': values(0, 1, 0, 0, 0, -1) }),
      '00289110': group({ '00280030': values(4, 4) }),
    }),
    '52009230': group(
      { '00209113': group({ '00200032': values(1, 0, 0) }) },
      { '00209113': group({ '00200032': values(2, 0, 0) }), '00289110': group({ '00280030': values(5, 5) }) },
    ),
  });
  expect(imagePlane(enhanced, 1)).toMatchObject({ origin: [1, 0, 0], rowSpacing: 4, normal: [-1, 0, 0] });
  expect(imagePlane(enhanced, 2)).toMatchObject({ origin: [2, 0, 0], rowSpacing: 5 });
  expect(imagePlane(enhanced, 3)).toBeNull();
});

test('distance, foot and centre, on an oblique plane too', () => {
  const plane = imagePlane(oblique);
  if (!plane) throw new Error('no plane');
  const above = [10, 20 - 0.6 * 7, 30 + 0.8 * 7] as const;
  expect(planeDistance(plane, above)).toBeCloseTo(7, 9);
  expect(projectOnPlane(plane, above).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([10, 20, 30]);
  expect(planeCentre(plane)).toEqual([22, expect.closeTo(23.2, 9), expect.closeTo(32.4, 9)]);
});

test.each([
  [[0, 0, 31.4], 1],
  [[0, 0, 31.5], 1],
  [[0, 0, 99], 2],
  [[0, 0, -99], 1],
] as const)('nearest image to %j', (point, expected) => {
  const planes = [null, imagePlane(image()), imagePlane(image({ '00200032': values(10, 20, 33) }))];
  expect(nearestImage(planes, point)).toBe(expected);
});

test('no image has a plane', () => expect(nearestImage([null, null], [0, 0, 0])).toBe(-1));
