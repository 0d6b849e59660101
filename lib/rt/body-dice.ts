import { solidVolume } from './contour-volume.ts';
import { overlapArea } from './overlap-area.ts';
import type { RoiSolid } from './roi-solid.ts';
import type { Polygon } from './scanline.ts';
import { cutBody } from './section.ts';
import { bodyOf, loopsOfSlabs } from './section-index.ts';

/**
 * Dice of two slab bodies in the same axes (`alignedTo`): 2|A∩B| / (|A|+|B|), exact in the plane and along the normal.
 */
export function diceAlong(a: RoiSolid, b: RoiSolid): number {
  const levels = [...new Set([...facesOf(a), ...facesOf(b)])].sort((x, y) => x - y);
  let overlap = 0;
  for (let index = 1; index < levels.length; index += 1) {
    const low = levels[index - 1] ?? 0;
    const thickness = (levels[index] ?? 0) - low;
    if (thickness < 1e-6) continue;
    const middle = low + thickness / 2;
    overlap += overlapArea(polygonsAt(a, middle), polygonsAt(b, middle)) * thickness;
  }
  return diceOf(a, b, overlap);
}

/** Cuts of the other body in each slab of the first are so close that Dice is within 10⁻⁴, in shares of a plane distance. */
const CUTS_PER_STEP = 8;
/** However tall a body is beside its slices: an outline of the whole patient is compared in seconds too. */
const MOST_CUTS = 600;

/**
 * The same of bodies whose planes are not parallel. Each slab of the one is passed in thin layers, and the other is cut
 * in the middle of each (`section.ts`): exact in the plane, the midpoint rule along the normal.
 */
export function diceAcross(a: RoiSolid, b: RoiSolid): number {
  const body = bodyOf(b);
  const loopsOf = loopsOfSlabs(b.slabs);
  const height = a.slabs.reduce((sum, slab) => sum + slab.below + slab.above, 0);
  const step = Math.max(Math.min(a.spacing, b.spacing) / CUTS_PER_STEP, height / MOST_CUTS);
  let overlap = 0;
  for (const slab of a.slabs) {
    const low = slab.at - slab.below;
    const thickness = slab.below + slab.above;
    const layers = Math.max(1, Math.ceil(thickness / step));
    for (let layer = 0; layer < layers; layer += 1) {
      const depth = low + (thickness * (layer + 0.5)) / layers;
      const plane = { right: a.uAxis, down: a.vAxis, normal: a.normal, depth };
      overlap += (overlapArea(slab.polygons, cutBody(body, loopsOf, plane)) * thickness) / layers;
    }
  }
  return diceOf(a, b, overlap);
}

/** @param overlap mm³ that both hold */
function diceOf(a: RoiSolid, b: RoiSolid, overlap: number): number {
  const sum = 1000 * (solidVolume(a) + solidVolume(b));
  return sum > 0 ? Math.min(1, (2 * overlap) / sum) : 0;
}

const facesOf = ({ slabs }: RoiSolid): number[] =>
  slabs.flatMap(({ at, below, above }) => [at - below, at + above]);

const polygonsAt = (solid: RoiSolid, w: number): Polygon[] =>
  solid.slabs.find((slab) => w >= slab.at - slab.below && w <= slab.at + slab.above)?.polygons ?? [];
