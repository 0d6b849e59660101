import { expect, test } from 'vitest';
import type { Roi } from '@/lib/dicom/rtstruct.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { roisAt } from './rois-at.ts';

const view: ViewPlane = {
  frameOfReferenceUid: '2.25.1',
  centre: [100, -50, 7],
  right: [1, 0, 0],
  down: [0, 1, 0],
  mmPerPixel: 0.5,
  width: 200,
  height: 100,
};
const square = (half: number) =>
  Float64Array.of(
    ...[100 - half, -50 - half, 100 + half, -50 - half],
    ...[100 + half, -50 + half, 100 - half, -50 + half],
  );
const drawn = (name: string, ...halves: number[]) => ({
  roi: { name } as Roi,
  section: { loops: halves.map(square), lines: [], marks: [] },
  opacity: 0,
  view,
});

test('the ROIs that a place lies in; a hole is none of it', () => {
  const both = [drawn('Body', 20), drawn('Ring', 10, 5)];
  expect(roisAt(both, [100, 50])).toEqual(['Body']);
  // 8 mm to the right of the middle.
  expect(roisAt(both, [116, 50])).toEqual(['Body', 'Ring']);
  expect(roisAt(both, [130, 50])).toEqual(['Body']);
  expect(roisAt(both, [145, 50])).toEqual([]);
});
