import { addScaled, type ImagePlane, type Mm3 } from '../dicom/image-plane.ts';
import { colourAt } from '../dicom/roi-colours.ts';
import type { Contour, Roi, StructureSet } from '../dicom/rtstruct.ts';
import type { Segmentation } from '../dicom/seg.ts';
import { fillMask, type SegmentationPixels } from '../dicom/seg-pixels.ts';
import { maskOutline } from './mask-outline.ts';
import type { Polygon } from './scanline.ts';
import { segmentGrid } from './segment-grid.ts';

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
 * @param images mm between the images that it was drawn on, where they are known
 */
export function segmentationContours(
  segmentation: Segmentation,
  pixels: SegmentationPixels,
  images: number | null = null,
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
      colour: colour ?? colourAt(index),
      interpretedType: '',
      frameOfReferenceUid: segmentation.frameOfReferenceUid,
      contours: contours.get(number) ?? [],
      unreadableContours: 0,
      frames: segmentGrid(segmentation, number, images),
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

function inPatient(loop: Polygon, plane: ImagePlane): Contour {
  const points = new Float64Array((loop.length / 2) * 3);
  for (let at = 0; at < loop.length; at += 2) {
    const along = addScaled(plane.origin, plane.rowDirection, (loop[at] ?? 0) * plane.columnSpacing);
    const point: Mm3 = addScaled(along, plane.columnDirection, (loop[at + 1] ?? 0) * plane.rowSpacing);
    points.set(point, (at / 2) * 3);
  }
  return { type: 'CLOSED_PLANAR', points, imageUids: [] };
}
