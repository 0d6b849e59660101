import type { ImagePlane } from '../dicom/image-plane.ts';
import type { StructureSet } from '../dicom/rtstruct.ts';
import { COINCIDENCE_MM, farthestPoint, indexContours, planeTolerance } from './contour-index.ts';

export type ShownImage = { sopInstanceUid: string; plane: ImagePlane | null };
/** A stack of images that could carry contours, in order. */
export type ShownSeries = { seriesUid: string; images: readonly ShownImage[] };

export type Fit =
  | {
      fits: true;
      /** Referenced images that are not here: their contours cannot be seen, and the reader is told how many. */
      missingImages: number;
    }
  | { fits: false; reason: 'no_contours' | 'no_frame_of_reference'; details: Record<string, never> }
  | { fits: false; reason: 'frame_of_reference_differs'; details: { expected: string; found: string[] } }
  | { fits: false; reason: 'references_not_found'; details: { images: number; series: string[] } }
  | {
      fits: false;
      reason: 'off_plane';
      /** The farthest point's distance from the image's plane; Infinity when the image has no plane. */
      details: { roi: string; sopInstanceUid: string; distanceMm: number };
    };

/**
 * Whether a structure set may be drawn on what is shown. It may not when one of its contours is in a Frame of Reference
 * that is none of theirs, when nothing it refers to is among them, or when a contour does not lie on the plane of the
 * very image it names: then something is wrong with it, and nothing of it is drawn.
 */
export function fitStructureSet(structureSet: StructureSet, series: readonly ShownSeries[]): Fit {
  const drawn = structureSet.rois.filter((roi) => roi.contours.length > 0);
  if (drawn.length === 0) return { fits: false, reason: 'no_contours', details: {} };
  const frames = [...new Set(drawn.map((roi) => roi.frameOfReferenceUid))];
  if (frames.includes('')) return { fits: false, reason: 'no_frame_of_reference', details: {} };
  const found = framesOf(series);
  const expected = frames.find((frame) => !found.includes(frame));
  if (expected !== undefined)
    return { fits: false, reason: 'frame_of_reference_differs', details: { expected, found } };

  const missing = missingReferences(structureSet, series);
  if (missing.refused)
    return {
      fits: false,
      reason: 'references_not_found',
      details: { images: missing.images, series: missing.series },
    };
  return offPlane(structureSet, series) ?? { fits: true, missingImages: missing.images };
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

function offPlane(structureSet: StructureSet, series: readonly ShownSeries[]): Fit | undefined {
  const places = new Map<string, { plane: ImagePlane | null; tolerance: number }>();
  for (const one of series) {
    const tolerance = planeTolerance(one.images.map((image) => image.plane));
    for (const image of one.images) places.set(image.sopInstanceUid, { plane: image.plane, tolerance });
  }
  for (const roi of structureSet.rois) {
    for (const contour of roi.contours) {
      // An oblique or open curve may name several images; only one that names a single image claims to lie on it.
      const [uid] = contour.imageUids;
      const place = contour.imageUids.length === 1 && uid ? places.get(uid) : undefined;
      if (!place || !uid) continue;
      const frame = place.plane?.frameOfReferenceUid;
      if (frame && frame !== roi.frameOfReferenceUid)
        return {
          fits: false,
          reason: 'frame_of_reference_differs',
          details: { expected: roi.frameOfReferenceUid, found: [frame] },
        };
      const distanceMm = place.plane ? farthestPoint(place.plane, contour) : Number.POSITIVE_INFINITY;
      if (distanceMm > place.tolerance)
        return {
          fits: false,
          reason: 'off_plane',
          details: { roi: roi.name, sopInstanceUid: uid, distanceMm },
        };
    }
  }
  return undefined;
}
