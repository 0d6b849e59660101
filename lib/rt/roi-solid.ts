import { addScaled, cross, dot, length, type Mm3 } from '../dicom/image-plane.ts';
import { type Contour, pointCount, type Roi, type StructureSet } from '../dicom/rtstruct.ts';
import { areaVector } from './contour-area.ts';
import { isClosed } from './contour-outline.ts';
import type { Polygon } from './scanline.ts';
import { type Mm, mm } from './units.ts';

/** Contours closer to each other than this along the normal lie in one plane, in mm. */
const SAME_PLANE_MM = 0.1;
/** Cosine of 1 degree: planes that differ by more are not parallel. */
const PARALLEL = 0.99985;
/** Two planes further apart than this many plane distances have a gap between them, in which nothing was drawn. */
const GAP = 1.5;

/** One contour plane and the slab around it: from `at - below` to `at + above` along the normal, in mm. */
export type Slab = { at: number; below: number; above: number; polygons: Polygon[] };

/**
 * The body that an ROI's closed contours describe: each plane's even-odd region, constant half-way to its neighbours,
 * and ending Δz/2 beyond the first and the last plane and at either side of a gap. Patient position = u·uAxis + v·vAxis
 * + w·normal.
 */
export type RoiSolid = {
  frameOfReferenceUid: string;
  normal: Mm3;
  uAxis: Mm3;
  vAxis: Mm3;
  /** Δz: the usual distance of the contour planes. */
  spacing: Mm;
  /** Ascending in `at`. */
  slabs: Slab[];
  /** Places where neighbouring planes lie more than 1.5 Δz apart. */
  gaps: number;
  /** Contours that enclose nothing (points, open curves, unknown types, fewer than three points): not part of it. */
  openContours: number;
};

export type NoSolid =
  | 'no_contours'
  | 'no_closed_contours'
  | 'not_parallel'
  | 'not_planar'
  | 'plane_distance_unknown';

export type SolidResult = { known: true; solid: RoiSolid } | { known: false; reason: NoSolid };

/**
 * The ROI as a body, or why there is none.
 * @param fallback mm between planes for an ROI drawn on a single plane (see `planeDistanceOf`); null when unknown
 */
export function roiSolid(roi: Roi, fallback: number | null): SolidResult {
  if (roi.contours.length === 0) return { known: false, reason: 'no_contours' };
  const { closed, normal, planes, steps } = drawingOf(roi);
  if (normal === null) return { known: false, reason: 'no_closed_contours' };
  if (normal === 'not_parallel') return { known: false, reason: 'not_parallel' };
  const [uAxis, vAxis] = inPlaneAxes(normal);
  const spacing = roi.planeDistance ?? usualStep(steps, fallback);
  if (spacing === null || spacing <= 0) return { known: false, reason: 'plane_distance_unknown' };
  if (closed.some((contour) => thickness(contour, normal) > spacing))
    return { known: false, reason: 'not_planar' };
  const isGap = gapsOf(steps, spacing, roi.planeDistance === undefined);
  const half = (index: number, other: number): number => {
    if (isGap[index] === false) return (steps[index] ?? 0) / 2;
    // An end, where slices lie further apart than elsewhere: as thick as on its other side.
    const beside = steps[other] ?? 0;
    return (isGap[other] === false && beside > GAP * spacing ? beside : spacing) / 2;
  };
  return {
    known: true,
    solid: {
      frameOfReferenceUid: roi.frameOfReferenceUid,
      normal,
      uAxis,
      vAxis,
      spacing: mm(spacing),
      slabs: planes.map((plane, index) => ({
        at: plane.at,
        below: half(index - 1, index),
        above: half(index, index - 1),
        polygons: plane.contours.map((contour) => project(contour, uAxis, vAxis)),
      })),
      gaps: isGap.filter(Boolean).length,
      openContours: roi.contours.length - closed.length,
    },
  };
}

/** What lies so many of the structure set's plane distances apart is not one body drawn sparsely but several. */
const APART = 3.5;

/**
 * The median distance of an ROI's planes. Where that is far from how the rest of the set is drawn (seeds, clips, nodes
 * on a single slice each), the set's: the space between them was not drawn.
 */
function usualStep(steps: readonly number[], fallback: number | null): number | null {
  if (steps.length === 0) return fallback;
  const usual = median(steps);
  return fallback !== null && usual > APART * fallback ? fallback : usual;
}

/**
 * Which steps from plane to plane are gaps: those of more than 1.5 Δz, but where slices lie unevenly: as far apart as
 * their neighbour, within a tenth, they are how that part was drawn, not left out of it.
 */
function gapsOf(steps: readonly number[], spacing: number, uneven: boolean): boolean[] {
  const like = (step: number, other: number | undefined): boolean =>
    other !== undefined && Math.abs(other / step - 1) < 0.1;
  return steps.map(
    (step, index) =>
      step > GAP * spacing &&
      !(uneven && step <= APART * spacing && (like(step, steps[index - 1]) || like(step, steps[index + 1]))),
  );
}

/** Median distance in mm of the planes that a whole structure set is drawn on, for ROIs on one plane; null for one. */
export function planeDistanceOf(structureSet: StructureSet): number | null {
  const distances = structureSet.rois.flatMap((roi) => drawingOf(roi).steps);
  return distances.length > 0 ? median(distances) : null;
}

type Plane = { at: number; contours: Contour[] };
/** An ROI's closed contours, on planes along their normal where they have one; `steps` are mm from plane to plane. */
type Drawing = { closed: Contour[]; normal: Mm3 | 'not_parallel' | null; planes: Plane[]; steps: number[] };

/** Asked twice of each ROI: for what is usual in its set, and for its body. */
const drawings = new WeakMap<Roi, Drawing>();

function drawingOf(roi: Roi): Drawing {
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

export const toPatient = (solid: RoiSolid, u: number, v: number, w: number): Mm3 =>
  addScaled(
    addScaled([solid.uAxis[0] * u, solid.uAxis[1] * u, solid.uAxis[2] * u], solid.vAxis, v),
    solid.normal,
    w,
  );

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

function inPlaneAxes(normal: Mm3): [Mm3, Mm3] {
  const along: Mm3 = Math.abs(normal[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const v = cross(normal, along);
  const size = length(v);
  const vAxis: Mm3 = [v[0] / size, v[1] / size, v[2] / size];
  return [cross(vAxis, normal), vAxis];
}

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
  return planes;
}

/** `dot` of a contour's point that begins at `at`, without an array for each of many thousand points. */
const dotAt = (points: Float64Array, at: number, axis: Mm3): number =>
  (points[at] ?? 0) * axis[0] + (points[at + 1] ?? 0) * axis[1] + (points[at + 2] ?? 0) * axis[2];

function meanAlong({ points }: Contour, normal: Mm3): number {
  let sum = 0;
  for (let at = 0; at < points.length; at += 3) sum += dotAt(points, at, normal);
  return sum / (points.length / 3);
}

function thickness({ points }: Contour, normal: Mm3): number {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 3) {
    const along = dotAt(points, at, normal);
    if (along < low) low = along;
    if (along > high) high = along;
  }
  return high - low;
}

function project({ points }: Contour, uAxis: Mm3, vAxis: Mm3): Polygon {
  const count = points.length / 3;
  const polygon = new Float64Array(2 * count);
  for (let index = 0; index < count; index += 1) {
    polygon[2 * index] = dotAt(points, 3 * index, uAxis);
    polygon[2 * index + 1] = dotAt(points, 3 * index, vAxis);
  }
  return polygon;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
