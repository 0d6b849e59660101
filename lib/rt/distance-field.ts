import { crossings, type Polygon } from './scanline.ts';

/** Nodes at `origin + index · step` in mm, `columns` along u by `rows` along v. */
export type PlaneGrid = { u0: number; v0: number; step: number; columns: number; rows: number };

/**
 * Signed distance in mm from the polygons' boundary at each node, negative inside (even-odd). Exact next to the boundary;
 * further off the nearest edge is passed on from node to node, which is exact but for rare ties.
 */
export function distanceField(polygons: readonly Polygon[], grid: PlaneGrid): Float64Array {
  const edges = boundaryEdges(polygons);
  const nearest = new Int32Array(grid.columns * grid.rows).fill(-1);
  const squared = new Float64Array(nearest.length).fill(Infinity);
  const offer = (column: number, row: number, edge: number): void => {
    if (edge < 0 || column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return;
    const at = row * grid.columns + column;
    const d = squaredDistance(edges, edge, grid.u0 + column * grid.step, grid.v0 + row * grid.step);
    if (d >= (squared[at] ?? 0)) return;
    squared[at] = d;
    nearest[at] = edge;
  };
  seed(edges, grid, offer);
  sweep(grid, nearest, offer);
  const field = squared.map(Math.sqrt);
  for (let row = 0; row < grid.rows; row += 1) {
    const ends = crossings(polygons, grid.v0 + row * grid.step);
    for (let end = 0; end + 1 < ends.length; end += 2) {
      const first = Math.max(0, Math.ceil(((ends[end] ?? 0) - grid.u0) / grid.step));
      const last = Math.min(grid.columns - 1, Math.floor(((ends[end + 1] ?? 0) - grid.u0) / grid.step));
      for (let column = first; column <= last; column += 1) {
        const at = row * grid.columns + column;
        field[at] = -(field[at] ?? 0);
      }
    }
  }
  return field;
}

/** u1, v1, u2, v2 per edge. A keyhole's channel, passed there and back, is no boundary. */
export function boundaryEdges(polygons: readonly Polygon[]): Float64Array {
  const key = (u1: number, v1: number, u2: number, v2: number): string =>
    `${u1.toFixed(3)},${v1.toFixed(3)}>${u2.toFixed(3)},${v2.toFixed(3)}`;
  const all: [number, number, number, number][] = [];
  for (const polygon of polygons) {
    for (let at = 0; at < polygon.length; at += 2) {
      const next = (at + 2) % polygon.length;
      all.push([polygon[at] ?? 0, polygon[at + 1] ?? 0, polygon[next] ?? 0, polygon[next + 1] ?? 0]);
    }
  }
  const keys = new Set(all.map((edge) => key(...edge)));
  return Float64Array.from(all.filter(([u1, v1, u2, v2]) => !keys.has(key(u2, v2, u1, v1))).flat());
}

function squaredDistance(edges: Float64Array, edge: number, u: number, v: number): number {
  const u1 = edges[edge * 4] ?? 0;
  const v1 = edges[edge * 4 + 1] ?? 0;
  const du = (edges[edge * 4 + 2] ?? 0) - u1;
  const dv = (edges[edge * 4 + 3] ?? 0) - v1;
  const size = du * du + dv * dv;
  const t = size > 0 ? Math.min(1, Math.max(0, ((u - u1) * du + (v - v1) * dv) / size)) : 0;
  return (u - u1 - t * du) ** 2 + (v - v1 - t * dv) ** 2;
}

type Offer = (column: number, row: number, edge: number) => void;

/** Offers each edge to the nodes round the cells it passes. */
function seed(edges: Float64Array, grid: PlaneGrid, offer: Offer): void {
  for (let edge = 0; edge < edges.length / 4; edge += 1) {
    const u1 = ((edges[edge * 4] ?? 0) - grid.u0) / grid.step;
    const v1 = ((edges[edge * 4 + 1] ?? 0) - grid.v0) / grid.step;
    const u2 = ((edges[edge * 4 + 2] ?? 0) - grid.u0) / grid.step;
    const v2 = ((edges[edge * 4 + 3] ?? 0) - grid.v0) / grid.step;
    const count = Math.max(1, Math.ceil(2 * Math.max(Math.abs(u2 - u1), Math.abs(v2 - v1))));
    for (let index = 0; index <= count; index += 1) {
      const column = Math.floor(u1 + ((u2 - u1) * index) / count);
      const row = Math.floor(v1 + ((v2 - v1) * index) / count);
      for (let dr = 0; dr <= 1; dr += 1)
        for (let dc = 0; dc <= 1; dc += 1) offer(column + dc, row + dr, edge);
    }
  }
}

/** Two passes forth and back over the nodes: each learns its neighbours' nearest edges. */
function sweep({ columns, rows }: PlaneGrid, nearest: Int32Array, offer: Offer): void {
  const learn = (column: number, row: number, dc: number, dr: number): void => {
    const from = column + dc;
    if (from < 0 || from >= columns || row + dr < 0 || row + dr >= rows) return;
    offer(column, row, nearest[(row + dr) * columns + from] ?? -1);
  };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1)
      for (const [dc, dr] of [
        [-1, 0],
        [-1, -1],
        [0, -1],
        [1, -1],
      ] as const)
        learn(column, row, dc, dr);
    for (let column = columns - 1; column >= 0; column -= 1) learn(column, row, 1, 0);
  }
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1)
      for (const [dc, dr] of [
        [1, 0],
        [1, 1],
        [0, 1],
        [-1, 1],
      ] as const)
        learn(column, row, dc, dr);
    for (let column = 0; column < columns; column += 1) learn(column, row, -1, 0);
  }
}
