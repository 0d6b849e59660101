import { dot } from '../dicom/image-plane.ts';
import { type RoiSolid, toPatient } from './roi-solid.ts';
import type { Polygon } from './scanline.ts';

/** Cosine of 1 degree. */
const ALMOST_PARALLEL = 0.99985;
/** A plane may lean out of the other body's by this share of the distance between planes. */
const MOST_LEAN = 1 / 3;

/**
 * A body in another one's axes; null where its planes lean too much for that. The normals of two sets that were drawn on
 * the same oblique images differ by the rounding of their coordinates, and numbers along different axes cannot be
 * compared.
 */
export function alignedTo(solid: RoiSolid, axes: RoiSolid): RoiSolid | null {
  const cosine = dot(solid.normal, axes.normal);
  if (cosine < ALMOST_PARALLEL) return null;
  if (cosine === 1 && dot(solid.uAxis, axes.uAxis) === 1) return solid;
  let [leans, moved] = [0, 0];
  const slabs = solid.slabs.map((slab) => {
    let [low, high] = [Infinity, -Infinity];
    const polygons = slab.polygons.map((polygon): Polygon => {
      const turned = new Float64Array(polygon.length);
      for (let at = 0; at + 1 < polygon.length; at += 2) {
        const point = toPatient(solid, polygon[at] ?? 0, polygon[at + 1] ?? 0, slab.at);
        turned[at] = dot(point, axes.uAxis);
        turned[at + 1] = dot(point, axes.vAxis);
        const along = dot(point, axes.normal);
        low = Math.min(low, along);
        high = Math.max(high, along);
      }
      return turned;
    });
    leans = Math.max(leans, high - low);
    moved += ((low + high) / 2 - slab.at) / solid.slabs.length;
    return { ...slab, polygons };
  });
  if (leans > MOST_LEAN * solid.spacing) return null;
  // All by the same way: slabs must go on touching each other.
  const placed = slabs.map((slab) => ({ ...slab, at: slab.at + moved }));
  return { ...solid, normal: axes.normal, uAxis: axes.uAxis, vAxis: axes.vAxis, slabs: placed };
}
