import { dot, length, type Mm3 } from '../dicom/image-plane.ts';
import { type Contour, pointCount, type Roi, type StructureSet } from '../dicom/rtstruct.ts';
import { areaVector } from './contour-area.ts';
import { isClosed } from './contour-outline.ts';

/** Contours closer to each other than this along the normal lie in one plane, in mm. */
const SAME_PLANE_MM = 0.1;
/** Cosine of 1 degree: planes that differ by more are not parallel. */
export const PARALLEL = 0.99985;

/** Median distance in mm of the planes that a whole structure set is drawn on, for ROIs on one plane; null for one. */
export function planeDistanceOf(structureSet: StructureSet): number | null {
  const distances = structureSet.rois.flatMap((roi) => drawingOf(roi).steps);
  return distances.length > 0 ? median(distances) : null;
}

/** Contours of one plane, `at` mm along their normal. */
export type Plane = { at: number; contours: Contour[] };
/** An ROI's closed contours, on planes along their normal where they have one; `steps` are mm from plane to plane. */
export type Drawing = {
  closed: Contour[];
  normal: Mm3 | 'not_parallel' | null;
  planes: Plane[];
  steps: number[];
};

/** Asked twice of each ROI: for what is usual in its set, and for its body. */
const drawings = new WeakMap<Roi, Drawing>();

export function drawingOf(roi: Roi): Drawing {
  const known = drawings.get(roi);
  if (known) return known;
  const closed = roi.contours.filter((one) => isClosed(one) && pointCount(one) > 2);
  const normal = commonNormal(closed);
  const planes = normal === null || normal === 'not_parallel' ? [] : groupByPlane(closed, normal);
  const steps = planes.slice(1).map((plane, index) => plane.at - (planes[index]?.at ?? 0));
  const drawing = { closed, normal, planes, steps };
  drawings.set(roi, drawing);
  return drawing;
}

/** The direction all contours are perpendicular to, its largest component positive. */
function commonNormal(contours: readonly Contour[]): Mm3 | 'not_parallel' | null {
  const vectors = contours.map(areaVector).filter((vector) => length(vector) > 1e-9);
  const largest = vectors.reduce<Mm3 | null>(
    (best, one) => (best && length(best) >= length(one) ? best : one),
    null,
  );
  if (!largest) return null;
  const size = length(largest);
  const axis = largest.reduce(
    (best, value, at) => (Math.abs(value) > Math.abs(largest[best] ?? 0) ? at : best),
    0,
  );
  const sign = Math.sign(largest[axis] ?? 1);
  const normal: Mm3 = [(sign * largest[0]) / size, (sign * largest[1]) / size, (sign * largest[2]) / size];
  // The normal of a speck of a few rounded points is noise: only contours of 1 mm² and more have a say.
  const parallel = vectors.every(
    (one) => length(one) < 2 || Math.abs(dot(one, normal)) >= PARALLEL * length(one),
  );
  return parallel ? snap(normal) : 'not_parallel';
}

/** An axis that is meant: rounded coordinates must not tilt it. */
function snap(normal: Mm3): Mm3 {
  const axis = normal.findIndex((value) => value > 1 - 1e-8);
  return axis < 0 ? normal : [Number(axis === 0), Number(axis === 1), Number(axis === 2)];
}

/** Planes no further apart than this, in mm, may be one slice whose contours were written a little apart. */
const ONE_SLICE_MM = 0.3;
/** They are, where what lies beside them is at least ten times as far: no slices are drawn in such pairs. */
const PAIRED = 0.1;

function groupByPlane(contours: readonly Contour[], normal: Mm3): Plane[] {
  const placed = contours
    .map((contour) => ({ contour, at: meanAlong(contour, normal) }))
    .sort((a, b) => a.at - b.at);
  const planes: Plane[] = [];
  for (const { contour, at } of placed) {
    const last = planes.at(-1);
    if (last && at - last.at < SAME_PLANE_MM) last.contours.push(contour);
    else planes.push({ at, contours: [contour] });
  }
  return joinPairs(planes);
}

function joinPairs(planes: Plane[]): Plane[] {
  const step = (index: number): number =>
    (planes[index + 1]?.at ?? Infinity) - (planes[index]?.at ?? -Infinity);
  const joined: Plane[] = [];
  planes.forEach((plane, index) => {
    const before = step(index - 1);
    const beside = Math.min(step(index - 2), step(index));
    const last = joined.at(-1);
    if (last && before < ONE_SLICE_MM && beside < Infinity && before <= PAIRED * beside)
      joined.splice(-1, 1, {
        at: (last.at + plane.at) / 2,
        contours: [...last.contours, ...plane.contours],
      });
    else joined.push(plane);
  });
  return joined;
}

/** `dot` of a contour's point that begins at `at`, without an array for each of many thousand points. */
export const dotAt = (points: Float64Array, at: number, axis: Mm3): number =>
  (points[at] ?? 0) * axis[0] + (points[at + 1] ?? 0) * axis[1] + (points[at + 2] ?? 0) * axis[2];

/** Where a contour lies along a direction, in mm. */
export function meanAlong({ points }: Contour, normal: Mm3): number {
  let sum = 0;
  for (let at = 0; at < points.length; at += 3) sum += dotAt(points, at, normal);
  return sum / (points.length / 3);
}

/** The middle one, or the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
