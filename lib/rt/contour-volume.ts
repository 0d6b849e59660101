import type { RoiSolid } from './roi-solid.ts';
import { evenOddArea } from './scanline.ts';
import { type Cc, ccFromMm3 } from './units.ts';

export { contourArea } from './contour-area.ts';

/** Volume of the body: even-odd polygon areas times the thickness of their slabs. */
export function solidVolume(solid: RoiSolid): Cc {
  let sum = 0;
  for (const slab of solid.slabs) sum += evenOddArea(slab.polygons) * (slab.below + slab.above);
  return ccFromMm3(sum);
}
