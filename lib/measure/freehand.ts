import { dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { PlanarShape } from './planar-shape.ts';
import { measured, positionVariance, type VoxelEdges } from './uncertainty.ts';
import { distance, planeBase } from './vectors.ts';

type Flat = readonly [number, number];

/**
 * A closed polygon drawn by hand on a plane. Inside by the even-odd rule, as everywhere here (a loop that crosses
 * itself has a hole); the area is what that rule encloses for an outline without crossings (shoelace). Null with fewer
 * than three points or no area.
 *
 * The points of one stroke are not independent: the whole edge may lie too far out or in. So the area is uncertain by
 * the perimeter times a voxel's uncertainty across it, which is more than independent points would give.
 */
export function freehandShape(points: readonly Mm3[], normal: Mm3, edges: VoxelEdges): PlanarShape | null {
  const [first] = points;
  if (!first || points.length < 3) return null;
  const [u, v] = planeBase(normal);
  const flat = points.map((point): Flat => {
    const away = subtract(point, first);
    return [dot(away, u), dot(away, v)];
  });
  const area = Math.abs(signedArea(flat));
  if (area < 1e-9) return null;
  const centre = meanOf(points);
  const perimeter = points.reduce(
    (sum, point, index) => sum + distance(point, points[(index + 1) % points.length] ?? point),
    0,
  );
  const across = (positionVariance(edges, u) + positionVariance(edges, v)) / 2;
  return {
    area: measured(area, perimeter ** 2 * across),
    outline: points,
    contains: (point) => {
      const away = subtract(point, first);
      return insidePolygon(flat, dot(away, u), dot(away, v));
    },
    centre,
    radius: points.reduce((most, point) => Math.max(most, distance(point, centre)), 0),
  };
}

/** Shoelace formula. */
function signedArea(flat: readonly Flat[]): number {
  let sum = 0;
  for (let i = 0, j = flat.length - 1; i < flat.length; j = i, i += 1) {
    const [ax, ay] = flat[j] as Flat;
    const [bx, by] = flat[i] as Flat;
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}

/** Whether a point lies inside by the even-odd rule; `x`, `y` and the polygon are mm on the curve's own plane. */
export function insidePolygon(flat: readonly Flat[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = flat.length - 1; i < flat.length; j = i, i += 1) {
    const [ax, ay] = flat[j] as Flat;
    const [bx, by] = flat[i] as Flat;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

const meanOf = (points: readonly Mm3[]): Mm3 => {
  const sum = points.reduce((total, p) => [total[0] + p[0], total[1] + p[1], total[2] + p[2]], [0, 0, 0]);
  return [sum[0] / points.length, sum[1] / points.length, sum[2] / points.length];
};

/**
 * A stroke with as many points as are worth keeping: those that lie further than `tolerance` mm off the line without
 * them (Douglas and Peucker), and never more than `most`.
 */
export function simplified(points: readonly Mm3[], tolerance: number, most: number): Mm3[] {
  let kept = reduce(points, tolerance);
  for (let coarser = tolerance * 1.5; kept.length > most; coarser *= 1.5) kept = reduce(points, coarser);
  return kept;
}

function reduce(points: readonly Mm3[], tolerance: number): Mm3[] {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return [...points];
  let worst = 0;
  let at = 0;
  points.forEach((point, index) => {
    const off = distanceToLine(point, first, last);
    if (off > worst) [worst, at] = [off, index];
  });
  if (worst <= tolerance) return [first, last];
  return [...reduce(points.slice(0, at + 1), tolerance).slice(0, -1), ...reduce(points.slice(at), tolerance)];
}

function distanceToLine(point: Mm3, a: Mm3, b: Mm3): number {
  const along = subtract(b, a);
  const size = dot(along, along);
  const part = size === 0 ? 0 : Math.min(1, Math.max(0, dot(subtract(point, a), along) / size));
  return distance(point, [a[0] + along[0] * part, a[1] + along[1] * part, a[2] + along[2] * part]);
}
