import { length, type Mm3 } from '../dicom/image-plane.ts';
import { type Contour, pointAt } from '../dicom/rtstruct.ts';

/** Twice the area that a planar polygon encloses, as a vector along its normal (Newell's method), in mm². */
export function areaVector(contour: Contour): Mm3 {
  const { points } = contour;
  const [originX, originY, originZ] = pointAt(contour, 0);
  let [x, y, z] = [0, 0, 0];
  let [ax, ay, az] = [originX, originY, originZ];
  for (let at = 3; at <= points.length; at += 3) {
    const next = at % points.length;
    const bx = points[next] ?? 0;
    const by = points[next + 1] ?? 0;
    const bz = points[next + 2] ?? 0;
    // Counted from the first point: far from the origin the products would lose the area's digits.
    x += (ay - by) * (az + bz - 2 * originZ);
    y += (az - bz) * (ax + bx - 2 * originX);
    z += (ax - bx) * (ay + by - 2 * originY);
    [ax, ay, az] = [bx, by, bz];
  }
  return [x, y, z];
}

/** Area in mm² that one planar polygon encloses, in any orientation. A keyhole's inner boundary takes its hole off. */
export const contourArea = (contour: Contour): number => length(areaVector(contour)) / 2;
