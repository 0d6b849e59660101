import { describe, expect, test } from 'vitest';
import type { ImagePlane, Mm3 } from '../dicom/image-plane.ts';
import { cross } from '../dicom/image-plane.ts';
import type { Contour, StructureSet } from '../dicom/rtstruct.ts';
import { COINCIDENCE_MM, farthestPoint, indexContours, planeTolerance } from './contour-index.ts';
import { contourAt, planeAt, structureSetOf } from './planes.fixture.ts';

const stack = (zs: readonly number[]): ImagePlane[] => zs.map((z) => planeAt([0, 0, z]));
const images = (set: StructureSet, planes: readonly (ImagePlane | null)[], tolerance: number) => {
  const index = indexContours(set, planes, tolerance);
  return {
    at: planes.map((_, image) => index.onImage(image).reduce((sum, one) => sum + one.contours.length, 0)),
    placed: index.placed,
    unplaced: index.unplaced,
  };
};

describe('half the slice distance', () => {
  test.each([
    ['even', [0, 3, 6], 1.501],
    ['a slice missing', [0, 3, 9, 12, 15], 1.501],
    ['in any order', [6, 0, 3], 1.501],
    ['a lone image', [0], 0.5],
    ['none', [], 0.5],
  ])('%s', (_, zs, tolerance) => {
    expect(planeTolerance(stack(zs))).toBeCloseTo(tolerance, 6);
  });
});

describe('which image a contour is drawn on', () => {
  test.each([
    ['on the planes', [0, 3, 6], [1, 1, 1], 0],
    ['nearest within the tolerance', [1.4, 1.6], [1, 1, 0], 0],
    ['beyond the ends', [-1.4, 7.6], [1, 0, 0], 1],
  ])('%s', (_, zs, at, unplaced) => {
    const planes = stack([0, 3, 6]);
    const set = structureSetOf(zs.map((z) => contourAt(z)));
    expect(images(set, planes, planeTolerance(planes))).toMatchObject({ at, unplaced });
  });

  test('where a slice is missing nothing is drawn on its neighbours', () => {
    const planes = stack([0, 3, 9, 12, 15]);
    const set = structureSetOf([contourAt(6)]);
    expect(images(set, planes, planeTolerance(planes))).toMatchObject({ placed: 0, unplaced: 1 });
  });

  test('another series of the frame: only where the planes coincide', () => {
    const set = structureSetOf([contourAt(0), contourAt(3)]);
    expect(images(set, stack([0, 2, 4]), COINCIDENCE_MM)).toEqual({ at: [1, 0, 0], placed: 1, unplaced: 1 });
  });

  test('another frame of reference: neither drawn nor counted', () => {
    const set = structureSetOf([contourAt(0)], '2.25.9');
    expect(images(set, stack([0, 3]), 1.5)).toEqual({ at: [0, 0], placed: 0, unplaced: 0 });
  });

  test('a contour across the slices belongs to none', () => {
    const upright: Contour = { ...contourAt(0), points: Float64Array.from([0, 0, 0, 0, 9, 0, 0, 9, 9]) };
    expect(images(structureSetOf([upright]), stack([0, 3, 6, 9]), 1.5)).toMatchObject({ unplaced: 1 });
  });

  test('oblique planes; images without geometry are passed over', () => {
    const row: Mm3 = [1, 0, 0];
    const column: Mm3 = [0, 0.8, 0.6];
    const normal = cross(row, column);
    const planes = [0, 4].map((along) =>
      planeAt([normal[0] * along, normal[1] * along, normal[2] * along], row, column),
    );
    const points = [
      [0, 0],
      [9, 0],
      [9, 9],
    ].flatMap(([u = 0, v = 0]) =>
      [0, 1, 2].map((k) => (row[k] ?? 0) * u + (column[k] ?? 0) * v + (normal[k] ?? 0) * 4),
    );
    const set = structureSetOf([{ ...contourAt(0), points: Float64Array.from(points) }]);
    expect(images(set, [null, ...planes], 0.1)).toEqual({ at: [0, 0, 1], placed: 1, unplaced: 0 });
  });

  test('ROIs of one image come in their order, each with all its contours', () => {
    const set = structureSetOf([contourAt(0), contourAt(0)]);
    const [roi] = set.rois;
    if (!roi) throw new Error('no ROI');
    const two = { ...set, rois: [roi, { ...roi, number: 2 }] };
    const here = indexContours(two, stack([0, 3]), 1.5).onImage(0);
    expect(here.map((one) => [one.roi.number, one.contours.length])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
});

test('the farthest point counts, not the first', () => {
  const tilted: Contour = { ...contourAt(0), points: Float64Array.from([0, 0, 0, 9, 0, 0, 9, 9, -2]) };
  expect(farthestPoint(planeAt([0, 0, 0]), tilted)).toBe(2);
});
