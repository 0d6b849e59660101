import { addScaled, cross, dot, length, type Mm3, subtract } from '../dicom/image-plane.ts';

// Points and vectors are patient mm of one frame of reference.

/** A vector, longer or shorter by a factor without a unit. */
export const scaled = (a: Mm3, factor: number): Mm3 => [a[0] * factor, a[1] * factor, a[2] * factor];
/** Between two points, in mm. */
export const distance = (a: Mm3, b: Mm3): number => length(subtract(a, b));
/** The point halfway between two. */
export const middle = (a: Mm3, b: Mm3): Mm3 => addScaled(scaled(a, 0.5), b, 0.5);

/** Null for a vector without a direction. */
export function unitOf(a: Mm3): Mm3 | null {
  const size = length(a);
  return size > 1e-9 ? scaled(a, 1 / size) : null;
}

/** What of `a` is perpendicular to the unit vector `b`. */
export const perpendicularPart = (a: Mm3, b: Mm3): Mm3 => addScaled(a, b, -dot(a, b));

/** Two unit vectors that span the plane with this unit normal. */
export function planeBase(normal: Mm3): [Mm3, Mm3] {
  const helper: Mm3 = Math.abs(normal[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const u = unitOf(perpendicularPart(helper, normal)) ?? [1, 0, 0];
  return [u, cross(normal, u)];
}
