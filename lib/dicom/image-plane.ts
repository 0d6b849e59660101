import { items, type JsonDataSet, numberValue, numberValues, textValue } from './display-json.ts';

/** Millimetres in the patient coordinate system (PS3.3 C.7.6.2.1.1): x to the left, y to the back, z to the head. */
export type Mm3 = readonly [number, number, number];

/** Where one image lies. */
export type ImagePlane = {
  frameOfReferenceUid: string | null;
  /** Centre of the first pixel sent (Image Position Patient). */
  origin: Mm3;
  /** Unit vector along a row: the way the column index grows. */
  rowDirection: Mm3;
  /** Unit vector along a column: the way the row index grows. */
  columnDirection: Mm3;
  /** rowDirection x columnDirection. */
  normal: Mm3;
  /** mm between columns, along `rowDirection` (second value of Pixel Spacing). */
  columnSpacing: number;
  /** mm between rows, along `columnDirection` (first value of Pixel Spacing). */
  rowSpacing: number;
  columns: number;
  rows: number;
};

export const dot = (a: Mm3, b: Mm3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const subtract = (a: Mm3, b: Mm3): Mm3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const cross = (a: Mm3, b: Mm3): Mm3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
/** a + b * factor */
export const addScaled = (a: Mm3, b: Mm3, factor: number): Mm3 => [
  a[0] + b[0] * factor,
  a[1] + b[1] * factor,
  a[2] + b[2] * factor,
];
export const length = (a: Mm3): number => Math.sqrt(dot(a, a));

/**
 * The plane of one image (frame 1-based), from the functional groups of an enhanced object (PS3.3 C.7.6.16.2), else from
 * its own module. Null when position, orientation or spacing is missing or senseless: then nothing may be drawn
 * or measured on it.
 */
export function imagePlane(instance: JsonDataSet, frame = 1): ImagePlane | null {
  const group = (sequence: string, tag: string): number[] | null =>
    numberValues(items(items(instance, '52009230')[frame - 1], sequence)[0], tag) ??
    numberValues(items(items(instance, '52009229')[0], sequence)[0], tag);
  // What an enhanced object has at its top is left over from what it was made of.
  const value = (sequence: string, tag: string): number[] | null =>
    group(sequence, tag) ?? numberValues(instance, tag);
  const position = value('00209113', '00200032');
  const orientation = value('00209116', '00200037');
  const spacing = value('00289110', '00280030');
  const rows = numberValue(instance, '00280010');
  const columns = numberValue(instance, '00280011');
  if (position?.length !== 3 || orientation?.length !== 6 || spacing?.length !== 2 || !rows || !columns)
    return null;
  const [rowSpacing, columnSpacing] = spacing as [number, number];
  const rowDirection = unit(orientation.slice(0, 3) as unknown as Mm3);
  const columnDirection = unit(orientation.slice(3, 6) as unknown as Mm3);
  if (!rowDirection || !columnDirection || rowSpacing <= 0 || columnSpacing <= 0) return null;
  if (Math.abs(dot(rowDirection, columnDirection)) > 0.01) return null;
  return {
    frameOfReferenceUid: textValue(instance, '00200052') || null,
    origin: position as unknown as Mm3,
    rowDirection,
    columnDirection,
    normal: cross(rowDirection, columnDirection),
    columnSpacing,
    rowSpacing,
    columns,
    rows,
  };
}

/** Signed distance in mm of a point from the image's plane, positive along its normal. */
export const planeDistance = (plane: ImagePlane, point: Mm3): number =>
  dot(plane.normal, subtract(point, plane.origin));

/** The point's foot on the plane. */
export const projectOnPlane = (plane: ImagePlane, point: Mm3): Mm3 =>
  addScaled(point, plane.normal, -planeDistance(plane, point));

/** Centre of the image in patient mm. */
export function planeCentre(plane: ImagePlane): Mm3 {
  const alongRow = addScaled(
    plane.origin,
    plane.rowDirection,
    ((plane.columns - 1) / 2) * plane.columnSpacing,
  );
  return addScaled(alongRow, plane.columnDirection, ((plane.rows - 1) / 2) * plane.rowSpacing);
}

/** Index of the image whose plane is nearest to the point, or -1 when no image has a plane. Ties go to the first. */
export function nearestImage(planes: readonly (ImagePlane | null)[], point: Mm3): number {
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  planes.forEach((plane, index) => {
    if (!plane) return;
    const distance = Math.abs(planeDistance(plane, point));
    if (distance < bestDistance - 1e-6) {
      best = index;
      bestDistance = distance;
    }
  });
  return best;
}

export const sameDirection = (a: Mm3, b: Mm3, cosine = 0.9999): boolean => dot(a, b) >= cosine;

function unit(vector: Mm3): Mm3 | null {
  const size = length(vector);
  return size > 0.5 && size < 1.5 ? [vector[0] / size, vector[1] / size, vector[2] / size] : null;
}
