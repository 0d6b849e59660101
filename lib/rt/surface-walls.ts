import { boundaryEdges, type PlaneGrid } from './distance-field.ts';
import type { Slab } from './roi-solid.ts';
import { boundsOf, crossings, type Polygon } from './scanline.ts';

/** A surface while it grows: u, v, w in mm of its points, three indices of them a triangle. */
export type Growing = { points: number[]; corners: number[] };

/** However long an edge or a slab is, it is divided into no more parts. */
const MOST_PARTS = 64;

/**
 * The upright walls of a slab's polygons, from its lower to its upper face, without lids: the surface of what is thinner
 * than the distance of nodes.
 * @param step mm that the sides of its triangles are long at most
 */
export function addWalls(slab: Slab, step: number, surface: Growing): void {
  const edges = boundaryEdges(slab.polygons);
  const height = slab.below + slab.above;
  const partsOf = (size: number): number => Math.min(MOST_PARTS, Math.max(1, Math.ceil(size / step)));
  const up = partsOf(height);
  for (let edge = 0; edge + 3 < edges.length; edge += 4) {
    const [u1 = 0, v1 = 0, u2 = 0, v2 = 0] = edges.subarray(edge, edge + 4);
    const along = partsOf(Math.hypot(u2 - u1, v2 - v1));
    const first = surface.points.length / 3;
    for (let column = 0; column <= along; column += 1) {
      const t = column / along;
      for (let row = 0; row <= up; row += 1)
        surface.points.push(
          u1 + t * (u2 - u1),
          v1 + t * (v2 - v1),
          slab.at - slab.below + (height * row) / up,
        );
    }
    for (let column = 0; column < along; column += 1) {
      for (let row = 0; row < up; row += 1) {
        const a = first + column * (up + 1) + row;
        const b = a + up + 1;
        surface.corners.push(a, b, b + 1, a, b + 1, a + 1);
      }
    }
  }
}

/** Those of the polygons that lie between the nodes, none of which is in them. */
export const betweenNodes = (polygons: readonly Polygon[], grid: PlaneGrid): Polygon[] =>
  polygons.filter((polygon) => !holdsNode(polygon, grid));

function holdsNode(polygon: Polygon, { u0, v0, step }: PlaneGrid): boolean {
  const { u, v } = boundsOf([polygon]);
  // So wide in both directions that it holds some: what is thin askew was given nodes for its width.
  if (u[1] - u[0] > 4 * step && v[1] - v[0] > 4 * step) return true;
  for (let row = Math.ceil((v[0] - v0) / step); v0 + row * step <= v[1]; row += 1) {
    const ends = crossings([polygon], v0 + row * step);
    for (let at = 0; at + 1 < ends.length; at += 2)
      if (Math.ceil(((ends[at] ?? 0) - u0) / step) <= Math.floor(((ends[at + 1] ?? 0) - u0) / step))
        return true;
  }
  return false;
}
