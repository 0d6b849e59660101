import { expect, test } from 'vitest';
import type { Contour, Roi, StructureSet } from '../dicom/rtstruct.ts';
import { planeAt } from './planes.fixture.ts';
import { comparisonsOf, volumesOf } from './rt-numbers.ts';
import { circles } from './shapes.fixture.ts';
import { slicesOf } from './slices.ts';

const evenly = (count: number, step: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => from + step * index);

/** A square of `side` mm on each plane. */
const box = (zs: readonly number[], side = 20, x = 0): Contour[] =>
  zs.map((z) => ({
    type: 'CLOSED_PLANAR',
    points: Float64Array.from([x, 0, z, x + side, 0, z, x + side, side, z, x, side, z]),
    imageUids: [],
  }));

const roiOf = (contours: Contour[], index: number): Roi => ({
  ...circles([], () => 0),
  number: index + 1,
  name: `roi ${index + 1}`,
  contours,
});
const setOf = (...rois: Contour[][]) => ({ rois: rois.map(roiOf) }) as StructureSet;
const imagesAt = (zs: readonly number[], named = zs.length) =>
  slicesOf(
    zs.map((z) => planeAt([0, 0, z])),
    named,
  );
const figures = (set: StructureSet, images: ReturnType<typeof slicesOf> = null) =>
  Object.values(volumesOf(set, images)).map(({ volumeCc, gaps = 0 }) => [volumeCc, gaps]);
const cc = (volume: number, gaps = 0) => [expect.closeTo(volume, 9), gaps];

test('planes of 4 mm beside an ROI drawn at 1 mm are one body', () => {
  expect(figures(setOf(box(evenly(10, 4)), box(evenly(40, 1))))).toEqual([cc(16), cc(16)]);
});

test('so is one that tapers at its ends', () => {
  const tapering = evenly(6, 4).flatMap((z, index) => box([z], index === 5 ? 2 : 20));
  expect(figures(setOf(tapering, box(evenly(40, 1))))[0]).toEqual(cc((5 * 400 + 4) * 0.004));
});

test('every fifth image is how it was drawn, though all images are here', () => {
  const set = setOf(box(evenly(10, 5)), box(evenly(50, 1)));
  expect(figures(set, imagesAt(evenly(60, 1)))).toEqual([cc(20), cc(20)]);
});

test('slices further apart in one part, without the images', () => {
  const set = setOf(box([...evenly(12, 1), ...evenly(8, 5, 16)]));
  expect(figures(set)).toEqual([cc(0.4 * (0.5 + 51 + 2.5))]);
});

test.each([1, 3, 5])('seeds of %d mm on steps of 10 mm stay apart', (side) => {
  const [seeds] = figures(setOf(box(evenly(6, 10), side), box(evenly(60, 1))));
  expect(seeds).toEqual(cc((6 * side * side) / 1000, 5));
});

test('so do contours that do not lie over each other', () => {
  const nodes = evenly(5, 10).flatMap((z, index) => box([z], 12, 30 * index));
  expect(figures(setOf(nodes, box(evenly(60, 1))))[0]).toEqual(cc((5 * 144) / 1000, 4));
});

test('nodes on one image each are as thick as the images lie apart', () => {
  const set = setOf(box([6, 36], 10), box([15], 10, 50));
  expect(figures(set, imagesAt(evenly(20, 3)))).toEqual([cc(0.6, 1), cc(0.3)]);
  // The same where some of the images are not here.
  expect(figures(set, imagesAt(evenly(20, 3), 25))).toEqual([cc(0.6, 1), cc(0.3)]);
});

test('small ROIs of three planes each, all on every fifth image, are whole', () => {
  const set = setOf(box(evenly(3, 5)), box(evenly(3, 5, 10), 20, 50));
  expect(figures(set, imagesAt(evenly(60, 1)))).toEqual([cc(6), cc(6)]);
});

test('a single plane has the height of its own image where slices lie unevenly', () => {
  const images = imagesAt([...evenly(12, 1), ...evenly(8, 5, 16)]);
  expect(figures(setOf(box([26], 10), box([4], 10)), images)).toEqual([cc(0.5), cc(0.1)]);
});

test('images across the contours say nothing of their distance', () => {
  const across = slicesOf(
    evenly(20, 3).map((x) => planeAt([x, 0, 0], [0, 1, 0], [0, 0, 1])),
    20,
  );
  expect(figures(setOf(box([0], 10), box(evenly(9, 2))), across)[0]).toEqual(cc(0.2));
});

test('what is odd about either body stands beside how they compare', () => {
  const whole = setOf(box(evenly(10, 3)));
  const broken = setOf(box([0, 3, 6, 18, 21, 24, 27]));
  const { rows } = comparisonsOf(broken, whole);
  expect(rows[1]).toMatchObject({ gaps: 1 });
  expect(rows[1]).not.toHaveProperty('otherGaps');
  expect(comparisonsOf(whole, broken).rows[1]).toMatchObject({ otherGaps: 1 });
});
