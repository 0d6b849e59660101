import { addScaled, dot, type ImagePlane, type Mm3 } from '../dicom/image-plane.ts';
import type { Contour, Roi, StructureSet } from '../dicom/rtstruct.ts';
import type { Segmentation } from '../dicom/seg.ts';
import { fillMask, type SegmentationPixels } from '../dicom/seg-pixels.ts';
import { maskOutline } from './mask-outline.ts';
import type { Polygon } from './scanline.ts';

/** Frames closer to each other than this along the normal lie at one place, in mm. */
const ONE_PLACE_MM = 1e-3;
/** Told apart by eye and by colour-blind eyes (Okabe and Ito 2008). */
const FALLBACK = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'];

export type SegmentationContours = {
  /** Segments as ROIs: their numbers, their voxels' outlines. */
  set: StructureSet;
  /** Voxels by segment number. */
  voxels: Map<number, number>;
};

/**
 * A segmentation's voxels as closed contours along the voxels' edges, frame by frame. Whatever is done with an ROI
 * (cut by a plane, filled, measured, compared) is then done with exactly these voxels: each is a box that reaches
 * half-way to its neighbours, on whatever grid, whether or not an image lies there.
 * @param planeDistance mm between the frames, see `frameDistance`
 */
export function segmentationContours(
  segmentation: Segmentation,
  pixels: SegmentationPixels,
  planeDistance = frameDistance(segmentation),
): SegmentationContours {
  const { rows, columns, frames, segments } = segmentation;
  const mask = new Uint8Array(rows * columns);
  const voxels = new Map<number, number>();
  const contours = new Map<number, Contour[]>();
  frames.forEach(({ segment, plane }, frame) => {
    for (const { number } of segments) {
      if (segment !== null && segment !== number) continue;
      const count = fillMask(segmentation, pixels, frame, number, mask);
      if (count === 0) continue;
      voxels.set(number, (voxels.get(number) ?? 0) + count);
      const outlines = maskOutline(mask, columns, rows).map((loop) => inPatient(loop, plane));
      contours.set(number, [...(contours.get(number) ?? []), ...outlines]);
    }
  });
  const rois = segments.map(
    ({ number, label, description, colour, propertyType }, index): Roi => ({
      number,
      name: label || propertyType || description,
      colour: colour ?? FALLBACK[index % FALLBACK.length] ?? '#e69f00',
      interpretedType: '',
      frameOfReferenceUid: segmentation.frameOfReferenceUid,
      contours: contours.get(number) ?? [],
      unreadableContours: 0,
      ...(planeDistance !== null && { planeDistance }),
    }),
  );
  rois.sort((a, b) => a.number - b.number);
  return {
    set: {
      sopInstanceUid: segmentation.sopInstanceUid,
      seriesUid: segmentation.seriesUid,
      studyUid: segmentation.studyUid,
      label: segmentation.label,
      date: segmentation.date,
      approval: '',
      frameOfReferenceUids: [segmentation.frameOfReferenceUid],
      referencedSeriesUids: segmentation.referencedSeriesUids,
      referencedImageUids: segmentation.referencedImageUids,
      rois,
    },
    voxels,
  };
}

/**
 * mm between a segmentation's frames: the smallest step between their places, as frames that would be empty may be
 * missing; where all that are left lie whole multiples of Spacing Between Slices or Slice Thickness apart, that. Null for
 * a single place of which the object does not say how thick it is.
 */
export function frameDistance(segmentation: Segmentation): number | null {
  const { frames, spacingBetweenSlices, sliceThickness } = segmentation;
  const said = spacingBetweenSlices ?? sliceThickness;
  const [first] = frames;
  if (!first) return null;
  const places = frames.map(({ plane }) => dot(plane.origin, first.plane.normal)).sort((a, b) => a - b);
  const steps = places
    .slice(1)
    .map((place, index) => place - (places[index] ?? 0))
    .filter((step) => step > ONE_PLACE_MM);
  if (steps.length === 0) return said;
  const smallest = Math.min(...steps);
  const isMultiple = (step: number): boolean =>
    said !== null && Math.abs(step - Math.round(step / said) * said) < 0.02 * said;
  return said !== null && said < smallest && steps.every(isMultiple) ? said : smallest;
}

function inPatient(loop: Polygon, plane: ImagePlane): Contour {
  const points = new Float64Array((loop.length / 2) * 3);
  for (let at = 0; at < loop.length; at += 2) {
    const along = addScaled(plane.origin, plane.rowDirection, (loop[at] ?? 0) * plane.columnSpacing);
    const point: Mm3 = addScaled(along, plane.columnDirection, (loop[at + 1] ?? 0) * plane.rowSpacing);
    points.set(point, (at / 2) * 3);
  }
  return { type: 'CLOSED_PLANAR', points, imageUids: [] };
}
