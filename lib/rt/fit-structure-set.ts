import type { ImagePlane } from '../dicom/image-plane.ts';
import { planeDistance } from '../dicom/image-plane.ts';
import { pointAt, type StructureSet } from '../dicom/rtstruct.ts';
import { farthestPoint, planeTolerance } from './contour-index.ts';

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
      details: { roi: string; sopInstanceUid: string; distanceMm: number };
    };

/**
 * Whether a structure set may be drawn on what is shown. It may not when its Frame of Reference is none of theirs,
 * when nothing it refers to is among them, or when a contour does not lie on the plane of the very image it names:
 * then something is wrong with it, and nothing of it is drawn.
 */
export function fitStructureSet(structureSet: StructureSet, series: readonly ShownSeries[]): Fit {
  if (structureSet.rois.every((roi) => roi.contours.length === 0))
    return { fits: false, reason: 'no_contours', details: {} };
  const frames = structureSet.frameOfReferenceUids;
  if (frames.length === 0) return { fits: false, reason: 'no_frame_of_reference', details: {} };
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

/** Partly delivered series are common; a set none of whose images, or one of whose series, is here is refused. */
function missingReferences(
  structureSet: StructureSet,
  series: readonly ShownSeries[],
): { refused: boolean; images: number; series: string[] } {
  const here = new Set(series.flatMap((one) => one.images.map((image) => image.sopInstanceUid)));
  const images = structureSet.referencedImageUids.filter((uid) => !here.has(uid)).length;
  const total = structureSet.referencedImageUids.length;
  const missingSeries = structureSet.referencedSeriesUids.filter(
    (uid) => !series.some((one) => one.seriesUid === uid),
  );
  return {
    refused: (total > 0 && images === total) || missingSeries.length > 0,
    images,
    series: missingSeries,
  };
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
      const frameDiffers =
        place.plane !== null && place.plane.frameOfReferenceUid !== roi.frameOfReferenceUid;
      const distance = place.plane ? farthestPoint(place.plane, contour) : Number.POSITIVE_INFINITY;
      if (!frameDiffers && distance <= place.tolerance) continue;
      const distanceMm = place.plane ? Math.abs(planeDistance(place.plane, pointAt(contour, 0))) : 0;
      return {
        fits: false,
        reason: 'off_plane',
        details: { roi: roi.name, sopInstanceUid: uid, distanceMm },
      };
    }
  }
  return undefined;
}
