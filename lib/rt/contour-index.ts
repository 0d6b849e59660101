import { type ImagePlane, planeDistance, sameDirection } from '../dicom/image-plane.ts';
import { alongNormal, sliceDistance } from '../dicom/image-plane-order.ts';
import { type Contour, pointAt, pointCount, type Roi, type StructureSet } from '../dicom/rtstruct.ts';

/** Planes of a series that the structure set was not drawn on count as the same when they are this close, in mm. */
export const COINCIDENCE_MM = 0.1;
/** For a lone image, whose slice distance nobody knows. */
const LONE_IMAGE_MM = 0.5;

export type RoiContours = { roi: Roi; contours: Contour[] };

export type ContourIndex = {
  /** ROIs with contours on that image, in order of ROI number; empty where there are none. */
  onImage: (imageIndex: number) => readonly RoiContours[];
  /** Contours that lie on one of the images. */
  placed: number;
  /** Contours in this Frame of Reference that lie on none of them: not drawn, and the reader is told. */
  unplaced: number;
};

/** How far a contour may lie from an image's plane and still belong to it, in mm: half the slice distance. */
export const planeTolerance = (planes: readonly (ImagePlane | null)[]): number => {
  const distance = sliceDistance(planes);
  return distance === null ? LONE_IMAGE_MM : distance / 2 + 1e-3;
};

/**
 * Which contours are drawn on which image. A contour belongs to the image nearest to it when all its points lie within
 * the tolerance of that image's plane, in the same Frame of Reference.
 * @param planes of one stack, in order of the stack; null where an image has no geometry
 * @param tolerance mm; half the slice distance on the series it was drawn on, COINCIDENCE_MM on any other
 */
export function indexContours(
  structureSet: StructureSet,
  planes: readonly (ImagePlane | null)[],
  tolerance: number,
): ContourIndex {
  const byImage = new Map<number, RoiContours[]>();
  const locate = planeLocator(planes);
  let placed = 0;
  let unplaced = 0;
  for (const roi of structureSet.rois) {
    for (const contour of roi.contours) {
      const place = locate(roi.frameOfReferenceUid, contour);
      if (place === 'elsewhere') continue;
      if (place === null || place.distance > tolerance) {
        unplaced += 1;
        continue;
      }
      placed += 1;
      const here = byImage.get(place.image) ?? [];
      const last = here[here.length - 1];
      if (last?.roi === roi) last.contours.push(contour);
      else here.push({ roi, contours: [contour] });
      byImage.set(place.image, here);
    }
  }
  return { onImage: (image) => byImage.get(image) ?? [], placed, unplaced };
}

type Place = { image: number; distance: number };

function planeLocator(
  planes: readonly (ImagePlane | null)[],
): (frame: string, contour: Contour) => Place | 'elsewhere' | null {
  const sorted = planes
    .flatMap((plane, image) => (plane ? [{ plane, image }] : []))
    .map((entry, _, all) => ({ ...entry, at: alongNormal(entry.plane, all[0]?.plane ?? entry.plane) }))
    .sort((a, b) => a.at - b.at);
  const reference = sorted[0]?.plane;
  return (frame, contour) => {
    if (!reference || reference.frameOfReferenceUid !== frame) return 'elsewhere';
    const first = pointAt(contour, 0);
    const at =
      first[0] * reference.normal[0] + first[1] * reference.normal[1] + first[2] * reference.normal[2];
    const nearest = nearestBy(sorted, at);
    if (!nearest || !sameDirection(nearest.plane.normal, reference.normal)) return null;
    return { image: nearest.image, distance: farthestPoint(nearest.plane, contour) };
  };
}

/** The largest distance in mm of a contour's points from a plane. */
export function farthestPoint(plane: ImagePlane, contour: Contour): number {
  let farthest = 0;
  for (let index = 0; index < pointCount(contour); index += 1) {
    farthest = Math.max(farthest, Math.abs(planeDistance(plane, pointAt(contour, index))));
  }
  return farthest;
}

function nearestBy<T extends { at: number }>(sorted: readonly T[], at: number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const after = sorted[low];
  const before = sorted[low - 1];
  if (!after || !before) return after ?? before;
  return at - before.at <= after.at - at ? before : after;
}
