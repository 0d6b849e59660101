import { describe, expect, test } from 'vitest';
import { addScaled, type ImagePlane, type Mm3 } from '../dicom/image-plane.ts';
import { sampleAt, toIndex, toPoint, volumeGeometry } from './volume.ts';
import { axialShape, geometryOf, planesOf, unit, volumeOf } from './volumes.fixture.ts';

const ramp = ([x, y, z]: Mm3): number => 3 * x - 2 * y + 5 * z + 7;
const axial = planesOf(axialShape);
const at = (changes: Partial<ImagePlane>): ImagePlane[] =>
  axial.map((plane, index) => (index === 2 ? { ...plane, ...changes } : plane));

describe('which images make a volume', () => {
  test.each<[string, (ImagePlane | null)[], string]>([
    ['none', [], 'one_image'],
    ['a lone image', axial.slice(0, 1), 'one_image'],
    ['one without geometry', [...axial, null], 'no_geometry'],
    ['a position twice', [...axial, ...axial.slice(2, 3)], 'repeated_position'],
    ['one turned by a degree', at({ rowDirection: unit([1, 0.0175, 0]) }), 'not_parallel'],
    ['one of another size', at({ rows: 7 }), 'not_parallel'],
    ['one of another spacing', at({ rowSpacing: 2.9 }), 'not_parallel'],
    ['one of another frame of reference', at({ frameOfReferenceUid: '2.25.2' }), 'not_parallel'],
  ])('%s: refused', (_, planes, reason) => {
    expect(volumeGeometry(planes)).toEqual({ ok: false, reason });
  });
});

describe('places follow the images as given', () => {
  test.each<[string, ImagePlane[], readonly number[], Mm3]>([
    ['upwards', axial, [0, 1, 2, 3, 4], [0, 0, 1]],
    ['downwards', [...axial].reverse(), [0, 1, 2, 3, 4], [0, 0, -1]],
    ['in disorder', [2, 0, 4, 1, 3].flatMap((i) => axial[i] ?? []), [1, 3, 0, 4, 2], [0, 0, 1]],
  ])('%s', (_, planes, order, normal) => {
    const geometry = geometryOf(planes);
    expect(geometry.order).toEqual(order);
    expect(geometry.normal.map((value) => value + 0)).toEqual(normal);
    expect(Array.from(geometry.offsets, (value) => value + 0)).toEqual([0, 4, 8, 12, 16]);
    expect(sampleAt(volumeOf(planes, ramp), [-3, 9, 19])).toBeCloseTo(ramp([-3, 9, 19]), 9);
  });
});

describe('patient point to index', () => {
  const geometry = geometryOf(axial);
  test.each<[string, Mm3, Mm3]>([
    ['the first voxel', [-7, 5, 10], [0, 0, 0]],
    ['between voxels', [-4, 9.5, 15], [1.5, 1.5, 1.25]],
    ['half a voxel beyond is the image still', [-8, 3.5, 8], [-0.5, -0.5, -0.5]],
    ['further than that is outside', [-8.1, 5, 10], [Number.NaN, Number.NaN, Number.NaN]],
    ['beyond the last slice', [-7, 5, 28.1], [Number.NaN, Number.NaN, Number.NaN]],
  ])('%s', (_, point, index) => {
    expect(toIndex(geometry, point).map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual(index);
  });

  test('a gantry tilt shears the grid: positions step along z, the images are tilted', () => {
    const tilted = planesOf({ ...axialShape, columnDirection: unit([0, 0.970296, -0.241922]) });
    for (const index of [
      [0, 0, 0],
      [3.5, 2.25, 1.75],
      [7, 5, 4],
    ] as const) {
      const sheared = geometryOf(tilted);
      expect(toIndex(sheared, toPoint(sheared, index)).map((v) => v.toFixed(9))).toEqual(
        index.map((v) => v.toFixed(9)),
      );
      // Column by column and slice by slice as the headers have it.
      const [column, row, slice] = index;
      const base = addScaled(axialShape.origin, [0, 0, 1], slice * 4);
      const point = addScaled(
        addScaled(base, axialShape.rowDirection, column * 2),
        unit([0, 0.970296, -0.241922]),
        row * 3,
      );
      toPoint(sheared, index).forEach((value, axis) => {
        expect(value).toBeCloseTo(point[axis] ?? Number.NaN, 9);
      });
    }
  });
});

describe('values between slices', () => {
  const shape = { ...axialShape, offsets: [0, 4, 8, 20, 24, 30] };
  const planes = planesOf(shape);
  const volume = volumeOf(planes, ([, , z]) => z);
  const z = (offset: number) => sampleAt(volume, [0, 8, 10 + offset]);
  const lost = { ...volume, slices: volume.slices.map((slice, index) => (index === 1 ? null : slice)) };
  const withoutSecond = (offset: number) => sampleAt(lost, [0, 8, 10 + offset]);

  test('up to 1.5 slice distances apart: joined linearly', () => {
    expect(z(5)).toBeCloseTo(15, 9);
    expect(z(27)).toBeCloseTo(37, 9);
  });

  test('further apart a slice is missing: each speaks for half a slice distance, the rest is nothing', () => {
    expect(z(9.9)).toBe(18);
    expect(z(10.1)).toBeNaN();
    expect(z(17.9)).toBeNaN();
    expect(z(18.1)).toBe(30);
  });

  test('before the first and behind the last: half a slice distance', () => {
    expect(z(-1.9)).toBe(10);
    expect(z(-2.1)).toBeNaN();
    expect(z(31.9)).toBe(40);
    expect(z(32.1)).toBeNaN();
  });

  test('a slice not loaded is as if it were missing', () => {
    expect(withoutSecond(1.9)).toBe(10);
    expect(withoutSecond(2.1)).toBeNaN();
    expect(withoutSecond(5.9)).toBeNaN();
    expect(withoutSecond(6.1)).toBe(18);
    expect(withoutSecond(4)).toBeNaN();
  });
});

test('every slice has its own slope and intercept (PET), pixels may be signed; the factor comes last', () => {
  const geometry = geometryOf(planesOf({ ...axialShape, offsets: [0, 4] }));
  const pixels = (value: number) => new Int16Array(48).fill(value);
  const volume = {
    ...{ frameOfReferenceUid: null, columns: 8, rows: 6, factor: 10, geometry },
    slices: [
      { pixels: pixels(-4), slope: 2, intercept: 1 },
      { pixels: Uint16Array.from(pixels(4)), slope: 3, intercept: -2 },
    ],
  };
  expect(sampleAt(volume, [0, 8, 10])).toBe(-70);
  expect(sampleAt(volume, [0, 8, 14])).toBe(100);
  expect(sampleAt(volume, [0, 8, 11])).toBeCloseTo(-27.5, 9);
});
