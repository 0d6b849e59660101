import { addScaled, cross, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import { lengthOf } from './length.ts';
import type { Measured, VoxelEdges } from './uncertainty.ts';
import { middle, unitOf } from './vectors.ts';

/** Two diameters of a lesion, mm; the axes may be drawn in either order. */
export type Bidirectional = { long: Measured; short: Measured; perpendicular: boolean };

/** Further than this from 90 degrees the two are no longer called perpendicular. */
const SQUARE_DEGREES = 5;

/**
 * Longest diameter and the longest one perpendicular to it, as RECIST 1.1 (short axis of nodes) and the Lugano
 * classification (LDi x SDi) want them. @param points ends of the one axis, then ends of the other
 */
export function bidirectionalOf(points: readonly Mm3[], edges: VoxelEdges): Bidirectional | null {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d) return null;
  const first = lengthOf(a, b, edges);
  const second = lengthOf(c, d, edges);
  const one = unitOf(subtract(b, a));
  const other = unitOf(subtract(d, c));
  const cosine = one && other ? Math.abs(dot(one, other)) : 0;
  const [long, short] = first.value >= second.value ? [first, second] : [second, first];
  return { long, short, perpendicular: cosine <= Math.sin((SQUARE_DEGREES * Math.PI) / 180) };
}

/** The short axis that is offered first: half as long as the line from a to b, across its middle, on the plane. */
export function offeredShortAxis(a: Mm3, b: Mm3, normal: Mm3): [Mm3, Mm3] {
  const centre = middle(a, b);
  const across = cross(normal, subtract(b, a));
  return [addScaled(centre, across, -0.25), addScaled(centre, across, 0.25)];
}

/** Where an end of the short axis may go: on the perpendicular to the long axis through `other`, its other end. */
export function onPerpendicular(point: Mm3, other: Mm3, a: Mm3, b: Mm3): Mm3 {
  const along = unitOf(subtract(b, a));
  return along ? addScaled(point, along, -dot(subtract(point, other), along)) : point;
}
