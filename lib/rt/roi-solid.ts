import { addScaled, type Mm3 } from '../dicom/image-plane.ts';
import type { Contour, Roi } from '../dicom/rtstruct.ts';
import { evenlyDrawn, isAlike } from './evenly-drawn.ts';
import { inPlaneAxes } from './in-plane-axes.ts';
import { heightOnImage, neighboursOn } from './on-images.ts';
import { dotAt, drawingOf, median } from './roi-drawing.ts';
import type { Polygon } from './scanline.ts';
import type { Slices } from './slices.ts';
import { type Mm, mm } from './units.ts';

/**
 * Two planes further apart than this many plane distances have a gap between them, in which nothing was drawn; but not
 * where they lie on neighbouring images: there was nothing to draw on between them.
 */
const GAP = 1.5;

/** One contour plane and the slab around it: from `at - below` to `at + above` along the normal, in mm. */
export type Slab = { at: number; below: number; above: number; polygons: Polygon[] };

/**
 * The body that an ROI's closed contours describe: each plane's even-odd region, constant half-way to its neighbours,
 * and ending Δz/2 beyond the first and the last plane and at either side of a gap (a voxel: half its own height). Patient
 * position = u·uAxis + v·vAxis + w·normal.
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
  /** Places where neighbouring planes lie more than 1.5 Δz apart, though there were slices to draw on between them. */
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
 * @param fallback mm between planes that is usual around it (see `drawnOn`), for an ROI on a single plane; null when unknown
 * @param slices the images that it was drawn on, where they are here
 */
export function roiSolid(roi: Roi, fallback: number | null, slices: Slices | null = null): SolidResult {
  if (roi.contours.length === 0) return { known: false, reason: 'no_contours' };
  const { closed, normal, planes, steps } = drawingOf(roi);
  if (normal === null) return { known: false, reason: 'no_closed_contours' };
  if (normal === 'not_parallel') return { known: false, reason: 'not_parallel' };
  const [uAxis, vAxis] = inPlaneAxes(normal);
  // A segmentation's frames are its own images: what it leaves out is left out.
  const drawnOn = !roi.frames && slices?.frameOfReferenceUid === roi.frameOfReferenceUid ? slices : null;
  const even = evenlyDrawn(roi);
  const spacing =
    roi.frames?.distance ?? usualStep(steps, even, fallback, heightOnImage(drawnOn, normal, planes[0]));
  if (spacing === null || spacing <= 0) return { known: false, reason: 'plane_distance_unknown' };
  if (closed.some((contour) => thickness(contour, normal) > spacing))
    return { known: false, reason: 'not_planar' };
  const areNeighbours = neighboursOn(drawnOn, normal);
  const isGap = gapsOf(steps, even, spacing, !roi.frames?.even).map((gap, index) => {
    const [below, above] = [planes[index], planes[index + 1]];
    return gap && !(below && above && areNeighbours(below, above));
  });
  const half = (index: number, other: number): number => {
    if (isGap[index] === false) return (steps[index] ?? 0) / 2;
    // An end, where slices lie further apart than elsewhere: as thick as on its other side. A voxel always is.
    const beside = steps[other] ?? 0;
    const asBeside = isGap[other] === false && (roi.frames !== undefined || beside > GAP * spacing);
    return (asBeside ? beside : spacing) / 2;
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

/** What lies so many usual plane distances apart is not one body drawn sparsely but several, unless it is drawn evenly. */
const APART = 3.5;

/**
 * The median distance of an ROI's planes. Where that is far from what is usual around it (seeds, clips, nodes on a single
 * slice each), that which is usual: the space between them was not drawn. On a single plane, its image's height.
 * @param image mm that the image of a single plane stands for; null where the images are not all here
 */
function usualStep(
  steps: readonly number[],
  even: readonly boolean[],
  fallback: number | null,
  image: number | null,
): number | null {
  if (steps.length === 0) return image ?? fallback;
  const usual = median(steps);
  if (fallback === null || usual <= APART * fallback) return usual;
  return steps.some((step, index) => even[index] && isAlike(usual, step)) ? usual : fallback;
}

/**
 * Which steps from plane to plane are gaps: those of more than 1.5 Δz, but where slices lie unevenly: as far apart as
 * their neighbour, within a tenth, they are how that part was drawn, not left out of it.
 */
function gapsOf(
  steps: readonly number[],
  even: readonly boolean[],
  spacing: number,
  uneven: boolean,
): boolean[] {
  const isAsBeside = (step: number, index: number): boolean =>
    step <= APART * spacing && (isAlike(step, steps[index - 1]) || isAlike(step, steps[index + 1]));
  return steps.map(
    (step, index) => step > GAP * spacing && !(uneven && (even[index] || isAsBeside(step, index))),
  );
}

/** A point of the body's own axes (mm along `uAxis`, `vAxis` and `normal`) in patient mm of its frame of reference. */
export const toPatient = (solid: RoiSolid, u: number, v: number, w: number): Mm3 =>
  addScaled(
    addScaled([solid.uAxis[0] * u, solid.uAxis[1] * u, solid.uAxis[2] * u], solid.vAxis, v),
    solid.normal,
    w,
  );

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

export { planeDistanceOf } from './roi-drawing.ts';
