import { expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import type { ViewPlane } from '../planes/view-plane.ts';
import { keyOf } from './lesion.ts';
import { volumeOf } from './volume.fixture.ts';
import { voxelGrid, voxelsWithin } from './voxel-grid.ts';
import { voxelOutline } from './voxel-outline.ts';

const grid = voxelGrid(volumeOf(() => 0, { size: [11, 11, 11], spacing: [2, 2, 4] }));
const view = (right: Mm3, down: Mm3): ViewPlane => ({
  frameOfReferenceUid: '2.25.1',
  centre: [0, 0, 0],
  right,
  down,
  mmPerPixel: 0.5,
  width: 100,
  height: 100,
});
const box = { left: 20, top: 20, right: 80, bottom: 80 };

test.each<[string, Mm3, Mm3, number]>([
  // One voxel is 2 x 2 x 4 mm: 4 x 4 pixels seen from the head, 4 x 8 from the front.
  ['axial', [1, 0, 0], [0, 1, 0], 16],
  ['coronal', [1, 0, 0], [0, 0, -1], 24],
])('%s: the outline of one voxel is as long as its sides', (_, right, down, length) => {
  const keys = new Set([keyOf(grid, [5, 5, 5])]);
  const found = voxelOutline(grid, keys, view(right, down), box, 1);
  expect(found).toHaveLength(length);
  for (const [[x0, y0], [x1, y1]] of found) expect(Math.abs(x1 - x0) + Math.abs(y1 - y0)).toBe(1);
});

test('neighbours have no line between them, and a plane beside them none at all', () => {
  const keys = new Set(voxelsWithin(grid, [0, 0, 0], 3).map((voxel) => keyOf(grid, voxel)));
  // A plus and its corners (the 9 voxels within 3 mm): 3 x 3 voxels, 12 pixels a side.
  expect(voxelOutline(grid, keys, view([1, 0, 0], [0, 1, 0]), box, 1)).toHaveLength(48);
  const beside = { ...view([1, 0, 0], [0, 1, 0]), centre: [0, 0, 9] as Mm3 };
  expect(voxelOutline(grid, keys, beside, box, 1)).toEqual([]);
});
