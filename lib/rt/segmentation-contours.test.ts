import { expect, test } from 'vitest';
import type { ImagePlane } from '../dicom/image-plane.ts';
import type { Segmentation } from '../dicom/seg.ts';
import { frameDistance } from './segmentation-contours.ts';

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

test.each<[string, number[], number | null, number | null, number | null]>([
  ['nothing said: the smallest step', [0, 2, 8], null, null, 2],
  ['in any order', [8, 0, 2], null, null, 2],
  ['empty frames missing between all that are left', [0, 6, 12], 2, null, 2],
  ['the same by the thickness', [0, 6, 12], null, 2, 2],
  ['slices with gaps between them', [0, 6, 12], null, 5, 6],
  ['slices that overlap', [0, 2, 4], null, 3, 2],
  ['a single frame is as thick as it says', [5], null, 2.5, 2.5],
  ['a single frame that does not say it', [5], null, null, null],
])('%s', (_, places, spacing, thickness, expected) => {
  expect(frameDistance(segmentation(places, spacing, thickness))).toBe(expected);
});
