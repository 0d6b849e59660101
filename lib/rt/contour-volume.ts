import { type Contour, pointAt, pointCount, type Roi } from '../dicom/rtstruct.ts';
import { isClosed } from './contour-outline.ts';

/**
 * Area in mm² that a planar polygon encloses, in any orientation (Newell's method): half the length of the summed
 * cross products. A keyhole's inner boundary runs the other way round and so takes its hole off.
 */
export function contourArea(contour: Contour): number {
  let x = 0;
  let y = 0;
  let z = 0;
  const count = pointCount(contour);
  for (let index = 0; index < count; index += 1) {
    const a = pointAt(contour, index);
    const b = pointAt(contour, (index + 1) % count);
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  }
  return Math.sqrt(x * x + y * y + z * z) / 2;
}

/**
 * Volume in cc by summed contour areas times the slice distance: a quick figure for outlines that do not nest. A contour
 * inside another one of the same plane is a hole and counts negative (even-odd).
 * @param spacing mm between contour planes
 */
export function volumeByAreas(roi: Roi, spacing: number): number {
  const planes = new Map<string, Contour[]>();
  for (const contour of roi.contours.filter((one) => isClosed(one) && pointCount(one) > 2)) {
    const key = pointAt(contour, 0)[2].toFixed(2);
    planes.set(key, [...(planes.get(key) ?? []), contour]);
  }
  let sum = 0;
  for (const contours of planes.values()) {
    for (const contour of contours) {
      const depth = contours.filter((other) => other !== contour && contains(other, contour)).length;
      sum += contourArea(contour) * (depth % 2 === 0 ? 1 : -1);
    }
  }
  return (sum * spacing) / 1000;
}

/** Whether the first point of `inner` lies inside `outer`, both in one axial plane. */
function contains(outer: Contour, inner: Contour): boolean {
  const [x, y] = pointAt(inner, 0);
  let inside = false;
  const count = pointCount(outer);
  for (let index = 0, previous = count - 1; index < count; previous = index, index += 1) {
    const a = pointAt(outer, index);
    const b = pointAt(outer, previous);
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}
