import { addScaled, cross, dot, length, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { PlanarShape } from './planar-shape.ts';
import { measured, positionVariance, type VoxelEdges } from './uncertainty.ts';
import { perpendicularPart, scaled, unitOf } from './vectors.ts';

const OUTLINE_POINTS = 96;

/**
 * An ellipse by three points: its centre, an end of one axis, and an end of the other (of which only the part across
 * the first axis counts, so that the axes are perpendicular whatever is written). Null when an axis has no length.
 * Area pi a b; its uncertainty is that of the two semi-axes, each between the centre and an end.
 */
export function ellipseShape(points: readonly Mm3[], normal: Mm3, edges: VoxelEdges): PlanarShape | null {
  const [centre, endA, endB] = points;
  if (!centre || !endA || !endB) return null;
  const axisA = perpendicularPart(subtract(endA, centre), normal);
  const u = unitOf(axisA);
  const v = u && unitOf(cross(normal, u));
  if (!u || !v) return null;
  const a = length(axisA);
  const b = Math.abs(dot(subtract(endB, centre), v));
  if (b < 1e-9) return null;
  const variance =
    (Math.PI * b) ** 2 * 2 * positionVariance(edges, u) + (Math.PI * a) ** 2 * 2 * positionVariance(edges, v);
  return {
    area: measured(Math.PI * a * b, variance),
    outline: Array.from({ length: OUTLINE_POINTS }, (_, index) => {
      const angle = (2 * Math.PI * index) / OUTLINE_POINTS;
      return addScaled(addScaled(centre, u, a * Math.cos(angle)), v, b * Math.sin(angle));
    }),
    contains: (point) => {
      const away = subtract(point, centre);
      return (dot(away, u) / a) ** 2 + (dot(away, v) / b) ** 2 <= 1;
    },
    centre,
    radius: Math.max(a, b),
  };
}

/** The three points of the ellipse that just fits between two opposite corners of a box along `right` and `down`. */
export function ellipseInBox(from: Mm3, to: Mm3, right: Mm3, down: Mm3): [Mm3, Mm3, Mm3] {
  const across = subtract(to, from);
  const centre = addScaled(from, across, 0.5);
  return [
    centre,
    addScaled(centre, scaled(right, 1), Math.abs(dot(across, right)) / 2),
    addScaled(centre, scaled(down, 1), Math.abs(dot(across, down)) / 2),
  ];
}
