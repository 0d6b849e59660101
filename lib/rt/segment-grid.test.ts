import { describe, expect, test } from 'vitest';
import type { ImagePlane } from '../dicom/image-plane.ts';
import type { Segmentation } from '../dicom/seg.ts';
import { solidVolume } from './contour-volume.ts';
import { roiSolid } from './roi-solid.ts';
import { segmentGrid } from './segment-grid.ts';
import { segmentationContours } from './segmentation-contours.ts';
import { type Slices, slicesOf } from './slices.ts';

const plane = (z: number): ImagePlane => ({
  frameOfReferenceUid: '2.25.1',
  origin: [0, 0, z],
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  normal: [0, 0, 1],
  columnSpacing: 1,
  rowSpacing: 1,
  columns: 4,
  rows: 4,
});

const segmentation = (places: number[], spacing: number | null, thickness: number | null): Segmentation => ({
  sopInstanceUid: '2.25.2',
  seriesUid: '2.25.3',
  studyUid: '2.25.4',
  frameOfReferenceUid: '2.25.1',
  label: '',
  date: '',
  type: 'BINARY',
  fractionalType: '',
  threshold: 1,
  rows: 4,
  columns: 4,
  bits: 1,
  segments: [],
  frames: places.map((z) => ({ segment: 1, plane: plane(z) })),
  spacingBetweenSlices: spacing,
  sliceThickness: thickness,
  referencedSeriesUids: [],
  referencedImageUids: [],
});

test.each<[string, number[], number | null, number | null, number | null, boolean]>([
  ['nothing said: the smallest step', [0, 2, 8], null, null, 2, true],
  ['in any order', [8, 0, 2], null, null, 2, true],
  ['single frames here and there', [0, 10, 24, 26], null, null, 2, true],
  ['empty frames missing between all that are left', [0, 6, 12], 2, null, 2, true],
  ['the same by the thickness', [0, 6, 12], null, 2, 2, true],
  ['slices with gaps between them', [0, 6, 12], null, 5, 6, true],
  ['slices that overlap', [0, 2, 4], null, 3, 2, true],
  ['slices nearer to each other at one end', [0, 5, 10, 15, 17.5], null, null, 5, false],
  ['the same, and the usual step is said', [0, 5, 10, 15, 17.5], 5, null, 5, false],
  ['a place that two frames have, but for rounding', [0, 0.002, 3.27, 6.54, 9.81], null, null, 3.27, true],
  ['thinner than the distance that most steps have', [0, 10, 20, 30, 40], null, 1, 10, true],
  ['half of it', [0, 5, 10, 15, 20, 25, 30, 35], null, 2.5, 5, true],
  ['the same with an empty frame', [0, 5, 10, 15, 25, 30], null, 2.5, 5, true],
  ['one step is the thickness', [0, 5, 10, 15, 20, 22.5], null, 2.5, 2.5, true],
  ['several multiples of it', [0, 6, 16, 20], null, 2, 2, true],
  ['a single frame is as thick as it says', [5], null, 2.5, 2.5, true],
  ['a single frame that does not say it', [5], null, null, null, true],
])('%s', (_, places, spacing, thickness, distance, even) => {
  const found = segmentGrid(segmentation(places, spacing, thickness), 1);
  expect(found).toEqual({ distance: distance && expect.closeTo(distance, 9), even });
});

describe('a segment on a single frame, of which only Slice Thickness is said', () => {
  const withFrames = (places: readonly number[], thickness: number | null): Segmentation => {
    const { frames, ...whole } = segmentation([...places], null, thickness);
    const others = frames.map((frame) => ({ ...frame, segment: 2 }));
    return { ...whole, frames: [{ segment: 1, plane: plane(10) }, ...others] };
  };

  test.each<[string, number[], number | null, number | null, number | null]>([
    ['as thick as the frames of the object lie apart', [0, 2.5, 5, 7.5, 10], 5, null, 2.5],
    ['also where some are empty', [0, 5, 10, 15, 17.5], 2.5, null, 2.5],
    ['as its images lie apart, where the object has no usual step', [0, 20], 5, 3, 3],
    ['as thick as it says, where nothing else is known', [0, 20], 5, null, 5],
    ['nor the thickness said', [0, 2.5, 5, 7.5, 10], null, 3, 2.5],
  ])('%s', (_, places, thickness, images, distance) => {
    expect(segmentGrid(withFrames(places, thickness), 1, images).distance).toBe(distance);
  });

  test('two frames far apart: as far as the images, if these steps lead from one to the other', () => {
    expect(segmentGrid(segmentation([0, 20], null, 1), 1, 10).distance).toBe(10);
    expect(segmentGrid(segmentation([0, 20], null, 1), 1, 7).distance).toBe(1);
  });
});

describe('millilitres of voxels: each reaches half-way to its neighbours', () => {
  const segments = [1, 2].map((number) => ({
    number,
    label: `s${number}`,
    description: '',
    colour: null,
    algorithm: '',
    propertyType: '',
  }));
  /** cc of frames of 16 mm² each, by segment. */
  const volumes = (
    frames: [number, number][],
    spacing: number | null = null,
    slices: Slices | null = null,
  ) => {
    const whole = segmentation([], spacing, null);
    const { set } = segmentationContours(
      { ...whole, segments, frames: frames.map(([segment, z]) => ({ segment, plane: plane(z) })) },
      { whole: new Uint8Array(2 * frames.length).fill(255) },
    );
    return set.rois.map((roi) => {
      const found = roiSolid(roi, null, slices);
      return found.known ? [solidVolume(found.solid), found.solid.gaps] : found.reason;
    });
  };
  const of = (segment: number, zs: number[]) => zs.map((z): [number, number] => [segment, z]);

  test.each([null, 5])('nearer to each other at one end, Spacing Between Slices %s', (spacing) => {
    const [first] = volumes(of(1, [0, 5, 10, 15, 17.5]), spacing);
    expect(first).toEqual([expect.closeTo((16 * 21.25) / 1000, 9), 0]);
  });

  test('two segments on grids that lie a little beside each other', () => {
    const found = volumes([...of(1, [0, 3.27, 6.54]), ...of(2, [0.02, 3.29, 6.56])]);
    const one = [expect.closeTo((16 * 3 * 3.27) / 1000, 9), 0];
    expect(found).toEqual([one, one]);
  });

  test('frames that are empty are not filled, though the object left them out', () => {
    const places = [0, 2, 4, 8, 12];
    const left = [expect.closeTo((16 * 5 * 2) / 1000, 9), 2];
    expect(volumes(of(1, places), 2)[0]).toEqual(left);
    // Whatever images it lies on.
    expect(volumes(of(1, places), 2, slicesOf(places.map(plane), places.length))[0]).toEqual(left);
  });
});
