import { length, type Mm3 } from '../dicom/image-plane.ts';
import { type Contour, pointAt, pointCount } from '../dicom/rtstruct.ts';

/** Twice the area that a planar polygon encloses, as a vector along its normal (Newell's method), in mm². */
export function areaVector(contour: Contour): Mm3 {
  const count = pointCount(contour);
  const origin = pointAt(contour, 0);
  let [x, y, z] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const a = pointAt(contour, index);
    const b = pointAt(contour, (index + 1) % count);
    // Counted from the first point: far from the origin the products would lose the area's digits.
    x += (a[1] - b[1]) * (a[2] + b[2] - 2 * origin[2]);
    y += (a[2] - b[2]) * (a[0] + b[0] - 2 * origin[0]);
    z += (a[0] - b[0]) * (a[1] + b[1] - 2 * origin[1]);
  }
  return [x, y, z];
}

/** Area in mm² that one planar polygon encloses, in any orientation. A keyhole's inner boundary takes its hole off. */
export const contourArea = (contour: Contour): number => length(areaVector(contour)) / 2;
