import { cross, length, type Mm3 } from '../dicom/image-plane.ts';

/** Unit vectors u and v in the plane across a normal; u, v and the normal are at right angles. */
export function inPlaneAxes(normal: Mm3): [Mm3, Mm3] {
  const along: Mm3 = Math.abs(normal[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const v = cross(normal, along);
  const size = length(v);
  const vAxis: Mm3 = [v[0] / size, v[1] / size, v[2] / size];
  return [cross(vAxis, normal), vAxis];
}
