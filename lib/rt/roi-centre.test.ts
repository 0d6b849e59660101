import { expect, test } from 'vitest';
import { roiCentre } from './roi-centre.ts';
import { crossings } from './scanline.ts';
import { axialAt, axialContour, closed, roiOf } from './section.fixture.ts';
import { sectionOf } from './section.ts';
import { indexRoi } from './section-index.ts';
import { sphere } from './shapes.fixture.ts';

const isInside = (roi: ReturnType<typeof roiOf>, point: readonly number[]): boolean => {
  const { loops } = sectionOf(indexRoi(roi, 3), axialAt(point[2] ?? 0));
  return crossings(loops, point[1] ?? 0).filter((end) => end < (point[0] ?? 0)).length % 2 === 1;
};

test('of a sphere: its middle', () => {
  const [x, y, z] = roiCentre(indexRoi(sphere(20, 2, [5, -7, 100]), null)) ?? [];
  expect(x).toBeCloseTo(5, 1);
  expect(y).toBeCloseTo(-7, 1);
  expect(Math.abs((z ?? 0) - 100)).toBeLessThanOrEqual(1);
});

test('of a ring and of two parts: a point inside', () => {
  const square = (low: number, high: number, x = 0) => [
    low + x,
    low,
    high + x,
    low,
    high + x,
    high,
    low + x,
    high,
  ];
  const ring = roiOf(
    [0, 3].flatMap((z) => [axialContour(square(0, 30), z), axialContour(square(10, 20), z)]),
  );
  const apart = roiOf(
    [0, 3].flatMap((z) => [axialContour(square(0, 5), z), axialContour(square(20, 30), z)]),
  );
  for (const roi of [ring, apart]) expect(isInside(roi, roiCentre(indexRoi(roi, 3)) ?? [])).toBe(true);
});

test('of a point: the point; of nothing: none', () => {
  expect(roiCentre(indexRoi(roiOf([closed([1, 2, 3], 'POINT')]), null))).toEqual([1, 2, 3]);
  expect(roiCentre(indexRoi(roiOf([]), null))).toBeNull();
});
