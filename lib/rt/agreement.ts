import { cross, dot, length, type Mm3, subtract } from '../dicom/image-plane.ts';
import { alignedTo } from './aligned-solid.ts';
import { diceAcross, diceAlong } from './body-dice.ts';
import { type RoiSolid, toPatient } from './roi-solid.ts';
import { boundsOf } from './scanline.ts';
import { type Surface, surfaceOf } from './surface.ts';
import { distanceTo } from './triangle-tree.ts';
import { type Mm, mm } from './units.ts';

/** Surfaces this close agree, unless the caller says otherwise. */
export const TOLERANCE: Mm = mm(2);

export type Agreement = {
  /** 2|A∩B| / (|A|+|B|) of the slab bodies. */
  dice: number;
  /** Share of both surfaces within `tolerance` of the other one. */
  surfaceDice: number;
  tolerance: Mm;
  /** The larger of both directions' 95th percentiles of surface distances. */
  hd95: Mm;
  /** Hausdorff distance: the largest surface distance. */
  hd: Mm;
  /** Mean surface distance over both surfaces. */
  mean: Mm;
};

export type AgreementResult =
  | { known: true; agreement: Agreement }
  | { known: false; reason: 'frame_of_reference_differs' | 'no_surface' };

/**
 * How far two bodies agree. All surface figures are weighted by area. The planes that they were drawn on may have any
 * directions: each body is what its own contours describe.
 */
export function agreementOf(a: RoiSolid, other: RoiSolid, tolerance: Mm = TOLERANCE): AgreementResult {
  if (a.frameOfReferenceUid !== other.frameOfReferenceUid)
    return { known: false, reason: 'frame_of_reference_differs' };
  const aligned = alignedTo(other, a);
  const b = aligned ?? other;
  const coarsest = coarsestFor(a, b);
  const surfaceA = surfaceOf(a, coarsest);
  const surfaceB = aligned ? surfaceOf(b, coarsest) : inAxesOf(a, b, surfaceOf(b, coarsest));
  // Contours that go there and back on one line enclose nothing.
  if (surfaceA.corners.length === 0 || surfaceB.corners.length === 0)
    return { known: false, reason: 'no_surface' };
  const ways = [distances(surfaceA, surfaceB), distances(surfaceB, surfaceA)];
  const area = ways.reduce((sum, way) => sum + way.area, 0);
  return {
    known: true,
    agreement: {
      dice: aligned ? diceAlong(a, aligned) : diceAcross(a, other),
      surfaceDice: ways.reduce((sum, way) => sum + areaWithin(way, tolerance), 0) / area,
      tolerance,
      hd95: mm(Math.max(...ways.map(percentile95))),
      hd: mm(Math.max(...ways.map(largest))),
      mean: mm(ways.reduce((sum, way) => sum + meanTimesArea(way), 0) / area),
    },
  };
}

/** mm between nodes in plane at most: fine beside the smaller body, coarse enough for a lung. */
function coarsestFor(a: RoiSolid, b: RoiSolid): number {
  const sides = [a, b].map((solid) => {
    const { u, v } = boundsOf(solid.slabs.flatMap((slab) => slab.polygons));
    return Math.max(u[1] - u[0], v[1] - v[0]);
  });
  return Math.min(2, Math.max(0.1, Math.min(...sides) / 28));
}

/** A body's surface along the axes of another one. */
function inAxesOf(axes: RoiSolid, solid: RoiSolid, { points, corners }: Surface): Surface {
  const turned = new Float64Array(points.length);
  for (let at = 0; at < points.length; at += 3) {
    const point = toPatient(solid, points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0);
    turned[at] = dot(point, axes.uAxis);
    turned[at + 1] = dot(point, axes.vAxis);
    turned[at + 2] = dot(point, axes.normal);
  }
  return { points: turned, corners };
}

/** Distances in mm of a surface's points from another surface; between them they run straight over each triangle. */
type Distances = {
  surface: Surface;
  ofPoint: Float64Array;
  /** mm² of each triangle, and what of them each point stands for: a third of all that meet in it. */
  areas: Float64Array;
  shares: Float64Array;
  area: number;
};

function distances(from: Surface, to: Surface): Distances {
  const { points, corners } = from;
  const distance = distanceTo(to);
  const ofPoint = new Float64Array(points.length / 3);
  let before: Mm3 | undefined;
  for (let index = 0; index < ofPoint.length; index += 1) {
    const point = pointOf(from, index);
    // Points made one after the other lie near each other: most of the tree need not be looked at.
    const atMost = before ? (ofPoint[index - 1] ?? 0) + length(subtract(point, before)) : Infinity;
    ofPoint[index] = distance(point, atMost);
    before = point;
  }
  const areas = new Float64Array(corners.length / 3);
  const shares = new Float64Array(ofPoint.length);
  let area = 0;
  for (let triangle = 0; triangle < areas.length; triangle += 1) {
    const ids = corners.subarray(triangle * 3, triangle * 3 + 3);
    const [a, b, c] = [0, 1, 2].map((corner) => pointOf(from, ids[corner] ?? 0)) as [Mm3, Mm3, Mm3];
    const size = length(cross(subtract(b, a), subtract(c, a))) / 2;
    areas[triangle] = size;
    area += size;
    for (const id of ids) shares[id] = (shares[id] ?? 0) + size / 3;
  }
  return { surface: from, ofPoint, areas, shares, area };
}

const pointOf = ({ points }: Surface, index: number): Mm3 => [
  points[3 * index] ?? 0,
  points[3 * index + 1] ?? 0,
  points[3 * index + 2] ?? 0,
];

/** mm² that lie no further than the tolerance. */
function areaWithin({ surface, ofPoint, areas }: Distances, tolerance: number): number {
  let sum = 0;
  for (let triangle = 0; triangle < areas.length; triangle += 1) {
    const at = (corner: number): number => ofPoint[surface.corners[triangle * 3 + corner] ?? 0] ?? 0;
    sum += (areas[triangle] ?? 0) * shareBelow(at(0), at(1), at(2), tolerance);
  }
  return sum;
}

/** Share of a triangle on which a value that runs straight between its corners stays at or below a limit. */
function shareBelow(a: number, b: number, c: number, limit: number): number {
  const low = Math.min(a, b, c);
  const high = Math.max(a, b, c);
  if (high <= limit) return 1;
  if (low > limit) return 0;
  const middle = a + b + c - low - high;
  if (middle <= limit) return 1 - (high - limit) ** 2 / ((high - low) * (high - middle));
  return (limit - low) ** 2 / ((high - low) * (middle - low));
}

/** The distance that 95 % of the surface do not exceed. */
function percentile95({ ofPoint, shares, area }: Distances): number {
  const order = Array.from(ofPoint.keys()).sort((a, b) => (ofPoint[a] ?? 0) - (ofPoint[b] ?? 0));
  let sum = 0;
  for (const index of order) {
    sum += shares[index] ?? 0;
    if (sum >= 0.95 * area) return ofPoint[index] ?? 0;
  }
  return ofPoint[order.at(-1) ?? 0] ?? 0;
}

const meanTimesArea = ({ ofPoint, shares }: Distances): number =>
  ofPoint.reduce((sum, distance, index) => sum + distance * (shares[index] ?? 0), 0);

const largest = ({ ofPoint }: Distances): number => ofPoint.reduce((most, one) => Math.max(most, one), 0);
