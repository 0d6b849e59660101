import type { Mm3 } from '../dicom/image-plane.ts';
import { pointAt, pointCount } from '../dicom/rtstruct.ts';
import { toPatient } from './roi-solid.ts';
import { crossings, evenOddArea, type Polygon } from './scanline.ts';
import type { RoiIndex } from './section-index.ts';

/**
 * A point to look at an ROI from, in patient mm: on its contour plane nearest to the middle of its volume, in the
 * middle of the widest stretch there; so it lies inside, also of a ring or a horseshoe. Of an ROI without a body, the
 * middle of its first contour. Null for one without contours.
 */
export function roiCentre({ roi, body }: RoiIndex): Mm3 | null {
  if (!body.known) {
    const [contour] = roi.contours;
    return contour ? meanOf(contour.points) : null;
  }
  const { slabs } = body.solid;
  const weights = slabs.map((slab) => evenOddArea(slab.polygons) * (slab.below + slab.above));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const middle = slabs.reduce((sum, slab, index) => sum + slab.at * (weights[index] ?? 0), 0) / (total || 1);
  const filled = slabs.filter((_, index) => (weights[index] ?? 0) > 0);
  const slab = filled.reduce<(typeof slabs)[number] | undefined>(
    (best, one) => (best && Math.abs(best.at - middle) <= Math.abs(one.at - middle) ? best : one),
    undefined,
  );
  if (!slab) return roi.contours[0] ? pointAt(roi.contours[0], 0) : null;
  const [u, v] = widest(slab.polygons);
  return toPatient(body.solid, u, v, slab.at);
}

/** The middle of the longest stretch inside, on the line half-way up. */
function widest(polygons: readonly Polygon[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const polygon of polygons)
    for (let at = 1; at < polygon.length; at += 2) {
      low = Math.min(low, polygon[at] ?? 0);
      high = Math.max(high, polygon[at] ?? 0);
    }
  let best: readonly [number, number] = [0, 0];
  let length = -1;
  // Half-way up may pass between two parts: a few lines more find one of them.
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.15, 0.85]) {
    const v = low + share * (high - low);
    const ends = crossings(polygons, v);
    for (let at = 0; at + 1 < ends.length; at += 2) {
      const [from, to] = [ends[at] ?? 0, ends[at + 1] ?? 0];
      if (to - from <= length * 1.5) continue;
      length = to - from;
      best = [(from + to) / 2, v];
    }
  }
  return best;
}

function meanOf(points: Float64Array): Mm3 {
  const contour = { type: 'UNKNOWN' as const, points, imageUids: [] };
  const count = pointCount(contour);
  let [x, y, z] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const point = pointAt(contour, index);
    x += point[0] / count;
    y += point[1] / count;
    z += point[2] / count;
  }
  return [x, y, z];
}
