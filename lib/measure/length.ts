import { type Mm3, subtract } from '../dicom/image-plane.ts';
import { type Measured, measured, positionVariance, type VoxelEdges } from './uncertainty.ts';
import { distance, unitOf } from './vectors.ts';

/**
 * Distance of two points in mm. Each end may be anywhere in its voxel: for isotropic voxels of side s the result is
 * ± 2 s/√6 = ± 0.82 s, whatever the direction; across thick slices it grows with what of the line lies across them.
 * (The half pixel of each end that Kossoff's group found for calipers in ultrasound, doi 10.1016/S0301-5629(00)00249-0,
 * is the same model.)
 */
export function lengthOf(a: Mm3, b: Mm3, edges: VoxelEdges): Measured {
  const along = unitOf(subtract(b, a));
  if (!along) return measured(0, 0);
  return measured(distance(a, b), 2 * positionVariance(edges, along));
}
