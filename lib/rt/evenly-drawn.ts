import type { Mm3 } from '../dicom/image-plane.ts';
import type { Contour, Roi, StructureSet } from '../dicom/rtstruct.ts';
import { inPlaneAxes } from './in-plane-axes.ts';
import { type Drawing, dotAt, drawingOf, median, type Plane } from './roi-drawing.ts';

/** So many steps one after the other are how a body was drawn; two that are alike may be chance. */
const ENOUGH_STEPS = 3;
/** Steps are alike within this part of them. */
const ALIKE = 0.1;

export const isAlike = (step: number, other: number | undefined): boolean =>
  other !== undefined && Math.abs(other / step - 1) < ALIKE;

/** Of each step from plane to plane: whether contours lie over each other across it, and whether it is one of several alike. */
type Steps = { isJoined: readonly boolean[]; isEven: readonly boolean[] };

const kept = new WeakMap<Roi, Steps>();

/**
 * Which of an ROI's steps from plane to plane certainly lie within one body that was drawn at such steps: at least three
 * alike in a row, contours that lie over each other, and these at least as wide as the step is high. Small seeds or nodes
 * above each other, with more between them than they measure, are bodies of their own.
 */
export const evenlyDrawn = (roi: Roi): readonly boolean[] => stepsOf(roi).isEven;

function stepsOf(roi: Roi): Steps {
  const known = kept.get(roi);
  if (known) return known;
  const made = runsOf(drawingOf(roi));
  kept.set(roi, made);
  return made;
}

/**
 * Median distance in mm of the planes that a whole set is drawn on where it is drawn evenly; null where nothing is. Small
 * ROIs of a few planes each are so drawn where their steps are alike from one to the other.
 */
export function evenDistanceOf({ rois }: StructureSet): number | null {
  const stepsThat = (which: keyof Steps): number[] =>
    rois.flatMap((roi) => drawingOf(roi).steps.filter((_, index) => stepsOf(roi)[which][index]));
  const even = stepsThat('isEven');
  if (even.length > 0) return median(even);
  const joined = stepsThat('isJoined');
  const usual = median(joined);
  const alike = joined.filter((step) => isAlike(usual, step)).length;
  return alike >= ENOUGH_STEPS && 2 * alike >= joined.length ? usual : null;
}

function runsOf({ planes, steps, normal }: Drawing): Steps {
  const isEven = steps.map(() => false);
  if (normal === null || normal === 'not_parallel') return { isJoined: isEven, isEven };
  const boxes = planes.map((plane) => boxesOf(plane, inPlaneAxes(normal)));
  const isJoined = steps.map((step, index) => areJoined(boxes[index] ?? [], boxes[index + 1] ?? [], step));
  for (let from = 0; from < steps.length; ) {
    let to = from + 1;
    if (isJoined[from]) while (isJoined[to] && isAlike(steps[to] ?? 0, steps[to - 1])) to += 1;
    if (isJoined[from] && to - from >= ENOUGH_STEPS) isEven.fill(true, from, to);
    from = to;
  }
  return { isJoined, isEven };
}

/** A contour's extent in its plane, mm along u and v. */
type Box = { u0: number; u1: number; v0: number; v1: number };

const boxesOf = ({ contours }: Plane, axes: [Mm3, Mm3]): Box[] => contours.map((one) => boxOf(one, axes));

function boxOf({ points }: Contour, [uAxis, vAxis]: [Mm3, Mm3]): Box {
  const box = { u0: Infinity, u1: -Infinity, v0: Infinity, v1: -Infinity };
  for (let at = 0; at < points.length; at += 3) {
    const u = dotAt(points, at, uAxis);
    const v = dotAt(points, at, vAxis);
    if (u < box.u0) box.u0 = u;
    if (u > box.u1) box.u1 = u;
    if (v < box.v0) box.v0 = v;
    if (v > box.v1) box.v1 = v;
  }
  return box;
}

/** Whether contours of two planes lie over each other, of which the larger is at least as wide as the planes are apart. */
const areJoined = (below: readonly Box[], above: readonly Box[], step: number): boolean =>
  below.some((one) =>
    above.some(
      (other) =>
        one.u0 <= other.u1 &&
        other.u0 <= one.u1 &&
        one.v0 <= other.v1 &&
        other.v0 <= one.v1 &&
        Math.max(widthOf(one), widthOf(other)) >= step,
    ),
  );

const widthOf = ({ u0, u1, v0, v1 }: Box): number => Math.max(u1 - u0, v1 - v0);
