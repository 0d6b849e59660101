import { cross, type ImagePlane, type Mm3 } from '../dicom/image-plane.ts';
import type { Contour, StructureSet } from '../dicom/rtstruct.ts';

export const FRAME = '2.25.1';

export const planeAt = (
  origin: Mm3,
  rowDirection: Mm3 = [1, 0, 0],
  columnDirection: Mm3 = [0, 1, 0],
  frameOfReferenceUid = FRAME,
): ImagePlane => ({
  frameOfReferenceUid,
  origin,
  rowDirection,
  columnDirection,
  normal: cross(rowDirection, columnDirection),
  columnSpacing: 1,
  rowSpacing: 1,
  columns: 10,
  rows: 10,
});

/** A triangle in the axial plane at `z`. */
export const contourAt = (z: number, imageUids: string[] = []): Contour => ({
  type: 'CLOSED_PLANAR',
  points: Float64Array.from([0, 0, z, 9, 0, z, 9, 9, z]),
  imageUids,
});

/** One ROI with these contours. */
export const structureSetOf = (
  contours: Contour[],
  frameOfReferenceUid = FRAME,
  references: { series?: string[]; images?: string[] } = {},
): StructureSet => ({
  sopInstanceUid: '2.25.3',
  seriesUid: '2.25.4',
  studyUid: '2.25.5',
  label: 'set',
  date: '',
  approval: '',
  frameOfReferenceUids: frameOfReferenceUid ? [frameOfReferenceUid] : [],
  referencedSeriesUids: references.series ?? [],
  referencedImageUids: references.images ?? contours.flatMap((one) => one.imageUids),
  rois: [
    {
      number: 1,
      name: 'GTV',
      colour: '#ff0000',
      interpretedType: 'GTV',
      frameOfReferenceUid,
      contours,
      unreadableContours: 0,
    },
  ],
});
