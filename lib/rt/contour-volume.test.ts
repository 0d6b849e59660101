import { describe, expect, test } from 'vitest';
import type { Contour, Roi } from '../dicom/rtstruct.ts';
import { contourArea, solidVolume } from './contour-volume.ts';
import { planeAt } from './planes.fixture.ts';
import { roiSolid } from './roi-solid.ts';
import { circles, planesBetween, sphere } from './shapes.fixture.ts';
import { slicesOf } from './slices.ts';

const contour = (points: number[], type: Contour['type'] = 'CLOSED_PLANAR'): Contour => ({
  type,
  points: Float64Array.from(points),
  imageUids: [],
});
const square = (half: number, z: number, type?: Contour['type']): Contour =>
  contour([-half, -half, z, half, -half, z, half, half, z, -half, half, z], type);
const roi = (contours: Contour[]): Roi => ({ ...circles([], () => 0), contours });

function volume(one: Roi, fallback: number | null = null): number {
  const result = roiSolid(one, fallback);
  if (!result.known) throw new Error(result.reason);
  return solidVolume(result.solid);
}

describe('analytic shapes: polygon areas, constant within ±Δz/2', () => {
  test.each([
    // diameter, Δz, tolerance in per cent
    [3, 0.2, 2],
    [5, 0.25, 0.5],
    [24, 1, 0.5],
    [40, 2, 0.5],
  ])('sphere %d mm wide, planes %d mm apart, within %d %%', (diameter, step, percent) => {
    const exact = (Math.PI * diameter ** 3) / 6000;
    expect(Math.abs(volume(sphere(diameter / 2, step)) / exact - 1)).toBeLessThan(percent / 100);
  });

  test('cylinder and cone', () => {
    expect(volume(circles(planesBetween(0, 24, 3), () => 12))).toBeCloseTo((Math.PI * 144 * 24) / 1000, 6);
    const cone = circles(planesBetween(0, 24, 1), (z) => z / 2);
    expect(volume(cone) / ((Math.PI * 144 * 24) / 3000)).toBeCloseTo(1, 3);
  });
});

describe('what nests, and what is odd', () => {
  test.each([
    ['a hole', [square(10, 0), square(5, 0)], 300],
    ['an island in a hole', [square(10, 0), square(5, 0), square(2, 0)], 316],
    ['XOR contours', [square(10, 0, 'CLOSEDPLANAR_XOR'), square(5, 0, 'CLOSEDPLANAR_XOR')], 300],
    [
      'a keyhole',
      [
        contour([
          -10, -10, 0, 10, -10, 0, 10, 10, 0, -10, 10, 0, -10, -10, 0, -5, -5, 0, -5, 5, 0, 5, 5, 0, 5, -5, 0,
          -5, -5, 0,
        ]),
      ],
      300,
    ],
    ['two islands', [square(10, 0), contour([20, 0, 0, 30, 0, 0, 30, 10, 0, 20, 10, 0])], 500],
  ])('%s on one plane', (_, contours, area) => {
    expect(volume(roi(contours), 2)).toBeCloseTo((area * 2) / 1000, 9);
  });

  test('uneven planes reach half-way to each other; a gap is not filled', () => {
    expect(volume(roi([0, 2, 5, 7].map((z) => square(5, z))))).toBeCloseTo(0.1 * (2 + 2.5 + 2.5 + 2), 9);
    const apart = roiSolid(roi([0, 2, 4, 20, 22].map((z) => square(5, z))), null);
    expect(apart.known && [apart.solid.gaps, solidVolume(apart.solid)]).toEqual([1, expect.closeTo(1, 9)]);
  });

  test('where slices lie further apart, planes further apart are no gaps', () => {
    const drawn = roiSolid(roi([0, 2, 4, 6, 8, 13, 18, 23].map((z) => square(5, z))), null);
    expect(drawn.known && [drawn.solid.gaps, solidVolume(drawn.solid)]).toEqual([
      0,
      expect.closeTo(0.1 * (1 + 8 + 15 + 2.5), 9),
    ]);
  });

  test('seeds on single slices far apart are as thick as the set’s slices, not as their distance', () => {
    const seeds = roiSolid(roi([0, 24, 60].map((z) => square(1, z))), 3);
    expect(seeds.known && [seeds.solid.gaps, solidVolume(seeds.solid)]).toEqual([
      2,
      expect.closeTo(3 * 0.004 * 3, 9),
    ]);
    // Every second slice, or every third, is drawn sparsely.
    expect(volume(roi([0, 6, 12].map((z) => square(5, z))), 3)).toBeCloseTo(1.8, 9);
  });

  describe('where the images are known that it was drawn on', () => {
    const imagesAt = (zs: readonly number[], named = zs.length) =>
      slicesOf(
        zs.map((z) => planeAt([0, 0, z])),
        named,
      );
    const bodyOn = (zs: readonly number[], images: ReturnType<typeof slicesOf>) => {
      const found = roiSolid(roi(zs.map((z) => square(5, z))), null, images);
      return found.known && [found.solid.gaps, solidVolume(found.solid)];
    };

    test.each<[string, number[], number[], number, number]>([
      ['one step further than the others', [0, 3, 6, 9, 14], [0, 3, 6, 9, 14], 0, 1.5 + 14 + 2.5],
      ['steps by turns', [0, 2, 6, 8, 12, 14], [0, 2, 6, 8, 12, 14], 0, 16],
      ['in both', [0, 2, 12, 14], [0, 2, 12, 14], 0, 16],
      ['an image between them that was left out', [0, 3, 6, 12], [0, 3, 6, 9, 12], 1, 4 * 3],
      ['every second image', [0, 6, 12], [0, 3, 6, 9, 12], 0, 18],
      ['two scans in one series', [0, 3, 6, 600, 603, 606], [0, 3, 6, 600, 603, 606], 1, 18],
    ])('%s', (_, zs, images, gaps, height) => {
      expect(bodyOn(zs, imagesAt(images))).toEqual([gaps, expect.closeTo(height / 10, 9)]);
    });

    test('not all images are here, or they lie elsewhere: what lies between is not known', () => {
      const zs = [0, 3, 6, 9, 14];
      const withGap = [1, expect.closeTo(1.5, 9)];
      expect(bodyOn(zs, imagesAt(zs, 6))).toEqual(withGap);
      expect(bodyOn(zs, imagesAt([100, 105]))).toEqual(withGap);
      const elsewhere = slicesOf(
        zs.map((z) => planeAt([0, 0, z], [1, 0, 0], [0, 1, 0], '2.25.9')),
        5,
      );
      expect(bodyOn(zs, elsewhere)).toEqual(withGap);
      const across = slicesOf(
        zs.map((x) => planeAt([x, 0, 0], [0, 1, 0], [0, 0, 1])),
        5,
      );
      expect(bodyOn(zs, across)).toEqual(withGap);
    });
  });

  test('two contours of one slice that were written a little apart are one plane', () => {
    const halves = [0, 3, 6, 9, 12].flatMap((z) => [
      contour([0, 0, z, 10, 0, z, 10, 20, z, 0, 20, z]),
      contour([10, 0, z + 0.15, 20, 0, z + 0.15, 20, 20, z + 0.15, 10, 20, z + 0.15]),
    ]);
    const found = roiSolid(roi(halves), null);
    expect(found.known && [found.solid.gaps, solidVolume(found.solid)]).toEqual([0, expect.closeTo(6, 9)]);
    // Slices really so thin have neighbours as near on the other side.
    expect(volume(roi([0, 0.15, 0.3, 20, 20.15, 20.3].map((z) => square(5, z))))).toBeCloseTo(0.09, 9);
  });

  test.each([
    ['x', (p: number, q: number, w: number) => [w, p, q]],
    ['y', (p: number, q: number, w: number) => [p, w, q]],
    ['oblique', (p: number, q: number, w: number) => [p, 0.8 * q - 0.6 * w, 0.6 * q + 0.8 * w]],
  ] as const)('contours perpendicular to %s', (_, at) => {
    const contours = [0, 3, 6].map((w) =>
      contour([...at(100, 0, w), ...at(110, 0, w), ...at(110, 10, w), ...at(100, 10, w)]),
    );
    expect(volume(roi(contours))).toBeCloseTo(0.9, 6);
  });

  test.each([
    ['no_contours', []],
    [
      'no_closed_contours',
      [contour([1, 2, 3], 'POINT'), square(3, 0, 'OPEN_PLANAR'), contour([0, 0, 0, 1, 1, 0])],
    ],
    ['plane_distance_unknown', [square(5, 0)]],
    ['not_parallel', [square(5, 0), square(5, 3), contour([0, 0, 0, 0, 9, 0, 0, 9, 9, 0, 0, 9])]],
    [
      'not_planar',
      [contour([0, 0, 0, 9, 0, 0, 9, 9, 4, 0, 9, 0]), contour([0, 0, 1, 9, 0, 1, 9, 9, 5, 0, 9, 1])],
    ],
  ])('%s', (reason, contours) => {
    expect(roiSolid(roi(contours), null)).toEqual({ known: false, reason });
  });
});

test('the area far from the origin keeps its digits', () => {
  expect(contourArea(contour([9e5, 9e5, 1e5, 9e5 + 1, 9e5, 1e5, 9e5 + 1, 9e5 + 1, 1e5]))).toBeCloseTo(0.5, 9);
});
