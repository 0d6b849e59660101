import type { Mm3 } from '../dicom/image-plane.ts';
import { hottestCentre } from './peak-search.ts';
import { type Piece, sphereMean, spherePieces } from './sphere-mean.ts';
import type { Voxel, VoxelGrid } from './voxel-grid.ts';

/** Radius of a sphere of 1 cm³: its diameter is 12.4 mm. */
export const PEAK_RADIUS = (3000 / (4 * Math.PI)) ** (1 / 3);
/** Steps of the search beyond voxel centres, in voxels. */
const REFINEMENTS = [0.5, 0.25, 0.125];

export type Peak = { value: number; at: Mm3 };

/**
 * SUVpeak: the highest mean of a sphere of 1 cm³ whose centre lies in the region. Of the definitions in use (Vanderhoef
 * et al., doi 10.1007/s00259-012-2274-x) it is the one that EANM 1.0/2.0 means with "positioned so as to maximise", and
 * IBSI's global intensity peak (id 0F91): the sphere need be nowhere near the hottest voxel, which may be one of noise.
 * Its centre is looked for on all voxel centres of the region, then in steps of 1/2, 1/4 and 1/8 voxel round the best.
 * The sphere itself may reach out of the region.
 *
 * A voxel counts with the part of it that lies in the sphere, with its stored value.
 * Null when every sphere reaches out of the image or into slices that are not loaded.
 * @param region voxels among which the centre is looked for
 */
export function suvPeak(grid: VoxelGrid, region: readonly Voxel[]): Peak | null {
  let bestVoxel = hottestCentre(grid, region, PEAK_RADIUS);
  if (!bestVoxel) return null;
  let best = { value: sphereMean(grid, bestVoxel, PEAK_RADIUS), at: grid.centre(bestVoxel) };
  const kept = new Map<string, Piece[]>();
  const consider = (voxel: Voxel): void => {
    const key = [voxel[0] % 1, voxel[1] % 1, voxel[2]].join();
    const pieces = kept.get(key) ?? spherePieces(grid, voxel, PEAK_RADIUS);
    kept.set(key, pieces);
    const value = sphereMean(grid, voxel, PEAK_RADIUS, pieces);
    if (value > best.value) {
      best = { value, at: grid.centre(voxel) };
      bestVoxel = voxel;
    }
  };
  for (const step of REFINEMENTS) {
    const [column, row, place] = bestVoxel;
    for (const dc of [-step, 0, step])
      for (const dr of [-step, 0, step])
        for (const dp of [-step, 0, step]) if (dc || dr || dp) consider([column + dc, row + dr, place + dp]);
  }
  return best;
}
