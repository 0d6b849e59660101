import { distanceField, type PlaneGrid } from './distance-field.ts';
import type { RoiSolid, Slab } from './roi-solid.ts';
import { boundsOf } from './scanline.ts';
import { meshingOf, piecesOf } from './surface-pieces.ts';
import { addWalls, betweenNodes, type Growing } from './surface-walls.ts';

/** A surface of triangles: `corners` are three indices each into `points`, which are u, v, w in mm along a solid's axes. */
export type Surface = { points: Float64Array; corners: Int32Array };

/**
 * The smooth surface through an ROI's contours: between two planes the signed distances of their outlines are
 * interpolated linearly (shape-based interpolation, Raya and Udupa 1990); flat caps at ±Δz/2, at gaps and where a piece
 * has nothing to go on to. Steps from slab to slab would add surface that nobody drew and falsify every mean distance.
 * @param coarsest mm between nodes in plane; small pieces and thin walls have finer ones
 */
export function surfaceOf(solid: RoiSolid, coarsest: number): Surface {
  const surface: Growing = { points: [], corners: [] };
  for (const { slabs, step, reach, thin } of meshingOf(piecesOf(solid.slabs), coarsest)) {
    if (thin) for (const slab of slabs) addWalls(slab, reach, surface);
    else addPiece(slabs, step, reach, surface);
  }
  return { points: Float64Array.from(surface.points), corners: Int32Array.from(surface.corners) };
}

/** @param reach half the height in mm of its triangles at most */
function addPiece(slabs: readonly Slab[], step: number, reach: number, surface: Growing): void {
  const { u, v } = boundsOf(slabs.flatMap((slab) => slab.polygons));
  const grid: PlaneGrid = {
    u0: u[0] - 2 * step,
    v0: v[0] - 2 * step,
    step,
    columns: Math.ceil((u[1] - u[0]) / step) + 5,
    rows: Math.ceil((v[1] - v[0]) / step) + 5,
  };
  let lower: Layer | undefined;
  for (const [index, slab] of slabs.entries()) {
    const layer = { at: slab.at, field: distanceField(slab.polygons, grid) };
    if (index === 0) close(grid, layer, -slab.below, reach, surface);
    if (lower) rise(grid, lower, layer, reach, surface);
    if (index === slabs.length - 1) close(grid, layer, slab.above, reach, surface);
    lower = layer;
    // A speck in a bend of something large would not be there at all.
    const missed = betweenNodes(slab.polygons, grid);
    if (missed.length > 0) addWalls({ ...slab, polygons: missed }, reach, surface);
  }
}

type Layer = { at: number; field: Float64Array };

/**
 * From layer to layer. Thick slices are passed in several steps: it is the same surface, in triangles so small that a
 * distance runs nearly straight over each.
 */
function rise(grid: PlaneGrid, low: Layer, high: Layer, reach: number, surface: Growing): void {
  const steps = Math.max(1, Math.ceil((high.at - low.at) / (2 * reach)));
  const between = (step: number): Layer => {
    const t = step / steps;
    if (step === 0) return low;
    if (step === steps) return high;
    return {
      at: low.at + t * (high.at - low.at),
      field: low.field.map((value, node) => value * (1 - t) + (high.field[node] ?? 0) * t),
    };
  };
  for (let step = 0; step < steps; step += 1) march(grid, between(step), between(step + 1), surface);
}

/** Thickness in mm of the lid that ends a body: none to speak of. */
const LID_MM = 1e-6;

/**
 * From an outermost layer straight up (or down) to the cap, and the cap: between a layer and its mirror, all of it
 * outside, the field is zero half-way, all over the inside.
 */
function close(grid: PlaneGrid, layer: Layer, distance: number, reach: number, surface: Growing): void {
  const end = { at: layer.at + distance, field: layer.field };
  const mirror = { at: end.at + Math.sign(distance) * LID_MM, field: layer.field.map(Math.abs) };
  if (distance > 0) {
    rise(grid, layer, end, reach, surface);
    march(grid, end, mirror, surface);
  } else {
    march(grid, mirror, end, surface);
    rise(grid, end, layer, reach, surface);
  }
}

/** Corners of a cell: bit 0 along u, bit 1 along v, bit 2 along w; cut into six tetrahedra round the long diagonal. */
const TETRAHEDRA = [
  [0, 1, 3, 7],
  [0, 3, 2, 7],
  [0, 2, 6, 7],
  [0, 6, 4, 7],
  [0, 4, 5, 7],
  [0, 5, 1, 7],
] as const;

/** Marching tetrahedra between two layers: the surface where the field is zero. */
function march(grid: PlaneGrid, low: Layer, high: Layer, surface: Growing): void {
  const value = new Float64Array(8);
  const nodes = grid.columns * grid.rows;
  /** Point on each edge between two nodes: by the edge's first node, and which of a cell's corners is its other end. */
  const known = new Int32Array(2 * nodes * 8).fill(-1);
  for (let row = 0; row + 1 < grid.rows; row += 1) {
    for (let column = 0; column + 1 < grid.columns; column += 1) {
      const node = row * grid.columns + column;
      let inside = 0;
      for (let corner = 0; corner < 8; corner += 1) {
        const field = corner & 4 ? high.field : low.field;
        value[corner] = field[node + ((corner >> 1) & 1) * grid.columns + (corner & 1)] ?? 0;
        if ((value[corner] ?? 0) < 0) inside += 1;
      }
      if (inside === 0 || inside === 8) continue;
      const point = (one: number, other: number): number => {
        // Each edge runs from a corner to one that has all of its bits.
        const a = one & other;
        const b = one | other;
        const at = node + ((a >> 1) & 1) * grid.columns + (a & 1) + (a & 4 ? nodes : 0);
        const there = known[at * 8 + (a ^ b)] ?? -1;
        if (there >= 0) return there;
        const fa = value[a] ?? 0;
        const t = fa / (fa - (value[b] ?? 0));
        const along = (bit: number): number => ((a >> bit) & 1) + t * (((b >> bit) & 1) - ((a >> bit) & 1));
        const made = surface.points.length / 3;
        surface.points.push(
          grid.u0 + (column + along(0)) * grid.step,
          grid.v0 + (row + along(1)) * grid.step,
          low.at + along(2) * (high.at - low.at),
        );
        known[at * 8 + (a ^ b)] = made;
        return made;
      };
      for (const corners of TETRAHEDRA) cut(corners, value, point, surface.corners);
    }
  }
}

function cut(
  corners: readonly number[],
  value: Float64Array,
  point: (a: number, b: number) => number,
  triangles: number[],
): void {
  const inside = corners.filter((corner) => (value[corner] ?? 0) < 0);
  const outside = corners.filter((corner) => (value[corner] ?? 0) >= 0);
  const [a, b, c] = inside;
  const [p, q, r] = outside;
  if (a === undefined || p === undefined) return;
  if (b === undefined && q !== undefined && r !== undefined)
    triangles.push(point(a, p), point(a, q), point(a, r));
  else if (q === undefined && b !== undefined && c !== undefined)
    triangles.push(point(a, p), point(b, p), point(c, p));
  else if (b !== undefined && q !== undefined) {
    triangles.push(point(a, p), point(a, q), point(b, q));
    triangles.push(point(a, p), point(b, q), point(b, p));
  }
}
