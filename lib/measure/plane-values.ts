import { addScaled, dot, type Mm3 } from '../dicom/image-plane.ts';
import { sampleAt, type Volume } from '../planes/volume.ts';
import type { PlanarShape } from './planar-shape.ts';
import { type Statistics, statisticsOf } from './statistics.ts';
import { planeBase } from './vectors.ts';
import { edgesAt, type VoxelGrid, voxelsWithin } from './voxel-grid.ts';

/** `voxels`: stored values of one slice. `interpolated`: between slices, on an oblique plane, or too small for a voxel. */
export type PlaneValues = { how: 'voxels' | 'interpolated'; statistics: Statistics };
export type PlaneResult =
  | { known: true; values: PlaneValues }
  | { known: false; reason: 'empty' | 'incomplete' };

/** Samples along the wider side of a shape on a plane that is no slice, at most. */
const MOST_SAMPLES = 256;

/**
 * Values inside a shape on a plane. On a plane parallel to the slices: the stored values of the nearest slice's voxels
 * with their centre inside. On any other: trilinear values on a grid as fine as the volume's smallest voxel edge.
 * A part that is not loaded or lies outside makes the whole unknown.
 * @param scale displayed value -> wanted value; the same that `grid` was made with
 */
export function valuesInShape(
  volume: Volume,
  grid: VoxelGrid,
  shape: PlanarShape,
  normal: Mm3,
  scale = 1,
): PlaneResult {
  if (Math.abs(dot(normal, volume.geometry.normal)) > 0.9999) {
    const place = nearestPlace(grid, shape.centre);
    if (Math.abs(grid.depth(place, shape.centre)) > volume.geometry.sliceDistance / 2 + 1e-3)
      return { known: false, reason: 'empty' };
    const voxels = voxelsWithin(
      grid,
      shape.centre,
      shape.radius + Math.abs(grid.depth(place, shape.centre)),
      shape.contains,
    ).filter((voxel) => voxel[2] === place);
    if (voxels.length > 0)
      return result(
        'voxels',
        voxels.map((voxel) => grid.value(...voxel)),
      );
  }
  const [u, v] = planeBase(normal);
  const finest = Math.min(...edgesAt(grid, shape.centre).map((edge) => Math.hypot(...edge)));
  const step = Math.max(Math.min(finest, shape.radius / 8), (2 * shape.radius) / MOST_SAMPLES);
  const reach = Math.ceil(shape.radius / step);
  const values: number[] = [];
  for (let j = -reach; j <= reach; j += 1)
    for (let i = -reach; i <= reach; i += 1) {
      const point = addScaled(addScaled(shape.centre, u, i * step), v, j * step);
      if (shape.contains(point)) values.push(sampleAt(volume, point) * scale);
    }
  return result('interpolated', values);
}

function result(how: PlaneValues['how'], values: number[]): PlaneResult {
  if (values.some(Number.isNaN)) return { known: false, reason: 'incomplete' };
  const statistics = statisticsOf(values);
  return statistics ? { known: true, values: { how, statistics } } : { known: false, reason: 'empty' };
}

function nearestPlace(grid: VoxelGrid, point: Mm3): number {
  let best = 0;
  for (let place = 1; place < grid.places; place += 1)
    if (Math.abs(grid.depth(place, point)) < Math.abs(grid.depth(best, point))) best = place;
  return best;
}
