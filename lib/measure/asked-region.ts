import type { Mm3 } from '../dicom/image-plane.ts';
import type { Volume } from '../planes/volume.ts';
import { type RegionResult, type RegionThreshold, regionValues } from './pet-region.ts';
import { PEAK_RADIUS } from './suv-peak.ts';
import { voxelGrid, voxelsWithin } from './voxel-grid.ts';

/** A region of a volume whose values are wanted: plain values, so that it can be computed beside the page. */
export type AskedRegion = {
  volume: Volume;
  /** Displayed value -> wanted value. */
  scale: number;
  centre: Mm3;
  /** mm */
  radius: number;
  threshold: RegionThreshold;
};

/** The values of a region; see `regionValues`. */
export function askedRegion({ volume, scale, centre, radius, threshold }: AskedRegion): RegionResult {
  const grid = voxelGrid(volume, scale);
  return regionValues(grid, voxelsWithin(grid, centre, radius), threshold);
}

/** About how many voxels a region has. */
export function voxelsOf({ volume, radius }: Pick<AskedRegion, 'volume' | 'radius'>): number {
  const { columnSpacing, rowSpacing, sliceDistance } = volume.geometry;
  return ((4 / 3) * Math.PI * radius ** 3) / (columnSpacing * rowSpacing * sliceDistance);
}

/**
 * The same question with the slices alone that it can reach, as copies of their own: those of the sphere, one on either
 * side for what goes on outside, and those of a peak at its edge.
 */
export function withSlicesNear(asked: AskedRegion): AskedRegion {
  const { volume, centre, radius, scale } = asked;
  const { order, sliceDistance } = volume.geometry;
  const grid = voxelGrid(volume, scale);
  const reach = radius + 2 * PEAK_RADIUS + 2 * sliceDistance;
  const near = new Set(
    Array.from(order.keys())
      .filter((place) => Math.abs(grid.depth(place, centre)) <= reach)
      .map((place) => order[place]),
  );
  const slices = volume.slices.map((slice, index) =>
    slice && near.has(index) ? { ...slice, pixels: slice.pixels.slice() } : null,
  );
  return { ...asked, volume: { ...volume, slices } };
}
