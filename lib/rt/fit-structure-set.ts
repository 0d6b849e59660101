import type { ImagePlane } from '../dicom/image-plane.ts';
import type { Roi, StructureSet } from '../dicom/rtstruct.ts';
import { COINCIDENCE_MM, farthestPoint, indexContours, planeTolerance } from './contour-index.ts';

export type ShownImage = { sopInstanceUid: string; plane: ImagePlane | null };
/** A stack of images that could carry contours, in order. */
export type ShownSeries = { seriesUid: string; images: readonly ShownImage[] };

/** What may be wrong with a single ROI. */
type RoiRefusal =
  | { reason: 'no_frame_of_reference'; details: Record<string, never> }
  | { reason: 'frame_of_reference_differs'; details: { expected: string; found: string[] } }
  | {
      reason: 'off_plane';
      /** The farthest point's distance from the image's plane; Infinity when the image has no plane. */
      details: { roi: string; sopInstanceUid: string; distanceMm: number };
    };

/** An ROI of which nothing may be drawn, and why: the reader is told by its name. */
export type RefusedRoi = { roi: Roi } & RoiRefusal;

export type SetRefusal =
  | RoiRefusal
  | { reason: 'no_contours'; details: Record<string, never> }
  | { reason: 'references_not_found'; details: { images: number; series: string[] } };

export type Fit =
  | {
      fits: true;
      /** Referenced images that are not here: their contours cannot be seen, and the reader is told how many. */
      missingImages: number;
      /** ROIs that may not be drawn, though the others may. */
      refused: readonly RefusedRoi[];
    }
  | ({ fits: false } & SetRefusal);

/**
 * Whether a structure set may be drawn on what is shown, and which of its ROIs may not. A set may not when nothing it
 * refers to is among what is shown. An ROI may not when it is in a Frame of Reference that is none of theirs, or when one
 * of its contours does not lie on the plane of the very image it names: then something is wrong with it, and nothing of
 * it is drawn. Where no ROI is left the set is refused, for the first one's reason.
 */
export function fitStructureSet(structureSet: StructureSet, series: readonly ShownSeries[]): Fit {
  const drawn = structureSet.rois.filter((roi) => roi.contours.length > 0);
  if (drawn.length === 0) return { fits: false, reason: 'no_contours', details: {} };
  const found = framesOf(series);
  const elsewhere = drawn.flatMap((roi) => inOtherFrame(roi, found) ?? []);
  const here = without(drawn, elsewhere);
  const missing = missingReferences({ ...structureSet, rois: here }, series);
  if (here.length > 0 && missing.refused)
    return {
      fits: false,
      reason: 'references_not_found',
      details: { images: missing.images, series: missing.series },
    };
  const placeOf = placesOf(series);
  const off = here.flatMap((roi) => offPlane(roi, placeOf) ?? []);
  const refused = [...elsewhere, ...off];
  const [first] = refused;
  if (first && refused.length === drawn.length) {
    const { roi, ...refusal } = first;
    return { fits: false, ...refusal };
  }
  return { fits: true, missingImages: missing.images, refused };
}

const without = (rois: readonly Roi[], refused: readonly RefusedRoi[]): Roi[] =>
  rois.filter((roi) => !refused.some((one) => one.roi === roi));

/** The set without its refused ROIs: what may be drawn, measured and compared. */
export const fittingPart = (structureSet: StructureSet, fit: Fit): StructureSet =>
  fit.fits && fit.refused.length > 0
    ? { ...structureSet, rois: without(structureSet.rois, fit.refused) }
    : structureSet;

function inOtherFrame(roi: Roi, found: string[]): RefusedRoi | null {
  const expected = roi.frameOfReferenceUid;
  if (expected === '') return { roi, reason: 'no_frame_of_reference', details: {} };
  return found.includes(expected)
    ? null
    : { roi, reason: 'frame_of_reference_differs', details: { expected, found } };
}

const framesOf = (series: readonly ShownSeries[]): string[] => [
  ...new Set(
    series
      .flatMap((one) => one.images.map((image) => image.plane?.frameOfReferenceUid))
      .filter((uid) => uid != null),
  ),
];

/**
 * Partly delivered series are common, and so is a second series that was only looked at. A set none of whose series, or
 * none of whose images, is here is refused; but where its series is here under new SOP Instance UIDs (cropped or exported
 * anew), the geometry may vouch for it: every contour must then lie on an image plane of that series.
 */
function missingReferences(
  structureSet: StructureSet,
  series: readonly ShownSeries[],
): { refused: boolean; images: number; series: string[] } {
  const named = structureSet.referencedSeriesUids;
  const here = series.filter((one) => named.includes(one.seriesUid));
  const uids = new Set(series.flatMap((one) => one.images.map((image) => image.sopInstanceUid)));
  const images = structureSet.referencedImageUids.filter((uid) => !uids.has(uid)).length;
  const noSeries = named.length > 0 && here.length === 0;
  const noImage = images > 0 && images === structureSet.referencedImageUids.length;
  return {
    refused: noSeries || (noImage && !here.some((one) => liesOn(structureSet, one))),
    images,
    series: named.filter((uid) => !here.some((one) => one.seriesUid === uid)),
  };
}

function liesOn(structureSet: StructureSet, series: ShownSeries): boolean {
  const index = indexContours(
    structureSet,
    series.images.map((image) => image.plane),
    COINCIDENCE_MM,
  );
  const contours = structureSet.rois.reduce((sum, roi) => sum + roi.contours.length, 0);
  return index.placed === contours;
}

type Place = { plane: ImagePlane | null; tolerance: number };

/** Where each image lies, by its SOP Instance UID. */
function placesOf(series: readonly ShownSeries[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const one of series) {
    const tolerance = planeTolerance(one.images.map((image) => image.plane));
    for (const image of one.images) places.set(image.sopInstanceUid, { plane: image.plane, tolerance });
  }
  return places;
}

function offPlane(roi: Roi, places: ReadonlyMap<string, Place>): RefusedRoi | null {
  for (const contour of roi.contours) {
    // An oblique or open curve may name several images; only one that names a single image claims to lie on it.
    const [uid] = contour.imageUids;
    const place = contour.imageUids.length === 1 && uid ? places.get(uid) : undefined;
    if (!place || !uid) continue;
    const frame = place.plane?.frameOfReferenceUid;
    const expected = roi.frameOfReferenceUid;
    if (frame && frame !== expected)
      return { roi, reason: 'frame_of_reference_differs', details: { expected, found: [frame] } };
    const distanceMm = place.plane ? farthestPoint(place.plane, contour) : Number.POSITIVE_INFINITY;
    if (distanceMm > place.tolerance)
      return { roi, reason: 'off_plane', details: { roi: roi.name, sopInstanceUid: uid, distanceMm } };
  }
  return null;
}
