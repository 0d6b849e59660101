import { dot, type ImagePlane, type Mm3 } from '../dicom/image-plane.ts';
import { alongNormal, ONE_POSITION_MM, sliceDistance, splitIntoStacks } from '../dicom/image-plane-order.ts';
import type { Roi, StructureSet } from '../dicom/rtstruct.ts';
import { evenDistanceOf } from './evenly-drawn.ts';
import { type Drawing, drawingOf, PARALLEL, planeDistanceOf } from './roi-drawing.ts';

/** Where the images lie that contours were drawn on. */
export type Slices = {
  frameOfReferenceUid: string | null;
  /** Median mm from one to the next; null for a single one. */
  distance: number | null;
  normal: Mm3;
  /** mm along the normal, ascending; empty where some of the images are not here: then nobody knows what lies between. */
  at: readonly number[];
};

/**
 * @param planes of the images that are here of the series that were drawn on, in any order
 * @param named how many images the drawing refers to
 */
export function slicesOf(planes: readonly (ImagePlane | null)[], named: number): Slices | null {
  // A scout in the same series lies across its slices.
  const [stack] = splitIntoStacks(planes).sort((a, b) => b.length - a.length);
  const own = (stack ?? []).flatMap((index) => planes[index] ?? []);
  const [first] = own;
  if (!first) return null;
  const sorted = own.map((plane) => alongNormal(plane, first)).sort((a, b) => a - b);
  const at = sorted.filter((one, index) => index === 0 || one - (sorted[index - 1] ?? 0) >= ONE_POSITION_MM);
  return {
    frameOfReferenceUid: first.frameOfReferenceUid,
    distance: sliceDistance(own),
    normal: first.normal,
    at: planes.length < named ? [] : at,
  };
}

export const isParallel = (slices: Slices, normal: Drawing['normal']): boolean =>
  normal !== null && normal !== 'not_parallel' && Math.abs(dot(slices.normal, normal)) >= PARALLEL;

/** What an ROI's body depends on beside its contours. */
export type DrawnOn = {
  /**
   * mm between planes that is usual in the set, for ROIs that do not tell their own: where the set is drawn evenly, its
   * own; else its images'; else the median of whatever lies apart in it; null when nobody knows.
   */
  planeDistance: number | null;
  slices: Slices | null;
};

export const drawnOn = (set: StructureSet, slices: Slices | null): DrawnOn => ({
  planeDistance:
    evenDistanceOf(set) ?? imagesDistance(set, slices) ?? planeDistanceOf(set) ?? slices?.distance ?? null,
  slices,
});

/** Of images that an ROI of the set lies along. */
function imagesDistance({ rois }: StructureSet, slices: Slices | null): number | null {
  const isOn = (roi: Roi): boolean =>
    slices !== null &&
    roi.frameOfReferenceUid === slices.frameOfReferenceUid &&
    isParallel(slices, drawingOf(roi).normal);
  return rois.some(isOn) ? (slices?.distance ?? null) : null;
}
