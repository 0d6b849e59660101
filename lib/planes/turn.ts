import { addScaled, cross, dot, length, type Mm3 } from '../dicom/image-plane.ts';

/** A direction turned about an axis of unit length, by degrees, counter-clockwise as the axis points to the eye (Rodrigues). */
export function turnedAbout(direction: Mm3, axis: Mm3, degrees: number): Mm3 {
  const angle = (degrees * Math.PI) / 180;
  const along = dot(axis, direction) * (1 - Math.cos(angle));
  const plain: Mm3 = [0, 0, 0];
  const turned = addScaled(
    addScaled(addScaled(plain, direction, Math.cos(angle)), cross(axis, direction), Math.sin(angle)),
    axis,
    along,
  );
  return addScaled(plain, turned, 1 / length(turned));
}
