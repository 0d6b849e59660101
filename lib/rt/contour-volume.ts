import type { Roi } from '../dicom/rtstruct.ts';
import { type RoiSolid, roiSolid } from './roi-solid.ts';
import { evenOddArea } from './scanline.ts';
import { type Cc, ccFromMm3 } from './units.ts';

export { contourArea } from './contour-area.ts';

/** Volume of the body: even-odd polygon areas times the thickness of their slabs. */
export function solidVolume(solid: RoiSolid): Cc {
  let sum = 0;
  for (const slab of solid.slabs) sum += evenOddArea(slab.polygons) * (slab.below + slab.above);
  return ccFromMm3(sum);
}

/**
 * Volume in cc of an ROI's closed contours (`roiSolid`, `solidVolume`); 0 for an ROI that encloses nothing.
 * @param spacing mm between contour planes, for an ROI on a single one
 */
export function volumeByAreas(roi: Roi, spacing: number): number {
  const result = roiSolid(roi, spacing);
  return result.known ? solidVolume(result.solid) : 0;
}
