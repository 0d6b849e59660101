import { dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { Measurement } from '../live/measurement-state.ts';
import { ellipseShape } from './ellipse.ts';
import type { VoxelEdges } from './uncertainty.ts';
import { distance } from './vectors.ts';

/** A line to draw, in the measurement's own points. */
export type DrawnLine = { points: readonly Mm3[]; closed: boolean };

const anywhere: VoxelEdges = [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];

/** The lines of a measurement, as far as its points are there: one that is being drawn has fewer. A region has none. */
export function linesOf({
  kind,
  points,
  normal,
}: Pick<Measurement, 'kind' | 'points' | 'normal'>): DrawnLine[] {
  switch (kind) {
    case 'length':
    case 'arrow':
    case 'angle':
      return [{ points, closed: false }];
    case 'bidirectional':
      return [
        { points: points.slice(0, 2), closed: false },
        { points: points.slice(2, 4), closed: false },
      ];
    case 'freehand':
      return [{ points, closed: points.length > 2 }];
    case 'ellipse': {
      const shape = normal && ellipseShape(points, normal, anywhere);
      return shape ? [{ points: shape.outline, closed: true }] : [{ points, closed: false }];
    }
    case 'region':
      return [];
  }
}

/** Radius in mm of a region: from its centre to its second point. */
export const regionRadius = (points: readonly Mm3[]): number =>
  points[0] && points[1] ? distance(points[0], points[1]) : 0;

/** How a measurement lies to a plane that is shown: on it, near it (drawn faintly), or not to be drawn. */
export type Nearness = 'on' | 'near' | 'far';

/** Slices to each side in which a measurement is still hinted at. */
const NEAR_SLICES = 2.5;

/**
 * @param plane a point of the shown plane and its unit normal
 * @param slice thickness of what is shown, mm: a measurement is on it within half of that
 */
export function nearness(
  { kind, points }: Pick<Measurement, 'kind' | 'points'>,
  plane: { point: Mm3; normal: Mm3 },
  slice: number,
): Nearness {
  const depth = (point: Mm3) => Math.abs(dot(subtract(point, plane.point), plane.normal));
  const [centre] = points;
  if (!centre) return 'far';
  // A sphere is cut by every plane that it reaches.
  if (kind === 'region') return depth(centre) < regionRadius(points) ? 'on' : 'far';
  const off = Math.max(...points.map(depth));
  if (off <= slice / 2 + 1e-3) return 'on';
  return off <= slice * NEAR_SLICES ? 'near' : 'far';
}

/** Thickness in mm of the voxels along a direction. */
export const thicknessAlong = (edges: VoxelEdges, direction: Mm3): number =>
  Math.hypot(...edges.map((edge) => dot(edge, direction)));
