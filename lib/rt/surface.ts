import type { Mm3 } from '../dicom/image-plane.ts';
import { distanceField, type PlaneGrid } from './distance-field.ts';
import type { RoiSolid, Slab } from './roi-solid.ts';
import { boundsOf } from './scanline.ts';

/** Triangles of a surface, nine numbers each: u, v, w of three corners, in mm along a solid's axes. */
export type Surface = Float64Array;

/**
 * The smooth surface through an ROI's contours: between two planes the signed distances of their outlines are
 * interpolated linearly (shape-based interpolation, Raya and Udupa 1990); flat caps at ±Δz/2 and at gaps. Steps from
 * slab to slab would add surface that nobody drew and falsify every mean distance.
 * @param step mm between nodes in plane
 */
export function surfaceOf(solid: RoiSolid, step: number): Surface {
  const triangles: number[] = [];
  for (const run of runsOf(solid.slabs)) {
    const { u, v } = boundsOf(run.flatMap((slab) => slab.polygons));
    const grid: PlaneGrid = {
      u0: u[0] - 2 * step,
      v0: v[0] - 2 * step,
      step,
      columns: Math.ceil((u[1] - u[0]) / step) + 5,
      rows: Math.ceil((v[1] - v[0]) / step) + 5,
    };
    let lower: Layer | undefined;
    for (const [index, slab] of run.entries()) {
      const layer = { at: slab.at, field: distanceField(slab.polygons, grid) };
      if (index === 0) march(grid, cap(layer, -2 * slab.below), layer, triangles);
      if (lower) march(grid, lower, layer, triangles);
      if (index === run.length - 1) march(grid, layer, cap(layer, 2 * slab.above), triangles);
      lower = layer;
    }
  }
  return Float64Array.from(triangles);
}

/** Corner 0, 1 or 2 of a triangle. */
export function corner(surface: Surface, triangle: number, index: number): Mm3 {
  const at = triangle * 9 + index * 3;
  return [surface[at] ?? 0, surface[at + 1] ?? 0, surface[at + 2] ?? 0];
}

type Layer = { at: number; field: Float64Array };

/** The mirrored layer behind a cap: the interpolated field is zero half-way to it, all over the inside. */
const cap = (layer: Layer, distance: number): Layer => ({
  at: layer.at + distance,
  field: layer.field.map(Math.abs),
});

/** Slabs that touch each other. */
function runsOf(slabs: readonly Slab[]): Slab[][] {
  const runs: Slab[][] = [];
  for (const slab of slabs) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.at + last.above >= slab.at - slab.below - 1e-6) runs.at(-1)?.push(slab);
    else runs.push([slab]);
  }
  return runs;
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
function march(grid: PlaneGrid, low: Layer, high: Layer, triangles: number[]): void {
  const value = new Float64Array(8);
  for (let row = 0; row + 1 < grid.rows; row += 1) {
    for (let column = 0; column + 1 < grid.columns; column += 1) {
      let inside = 0;
      for (let corner = 0; corner < 8; corner += 1) {
        const field = corner & 4 ? high.field : low.field;
        const at = (row + ((corner >> 1) & 1)) * grid.columns + column + (corner & 1);
        value[corner] = field[at] ?? 0;
        if ((value[corner] ?? 0) < 0) inside += 1;
      }
      if (inside === 0 || inside === 8) continue;
      const point = (a: number, b: number): [number, number, number] => {
        const fa = value[a] ?? 0;
        const t = fa / (fa - (value[b] ?? 0));
        const along = (bit: number): number => ((a >> bit) & 1) + t * (((b >> bit) & 1) - ((a >> bit) & 1));
        return [
          grid.u0 + (column + along(0)) * grid.step,
          grid.v0 + (row + along(1)) * grid.step,
          low.at + along(2) * (high.at - low.at),
        ];
      };
      for (const corners of TETRAHEDRA) cut(corners, value, point, triangles);
    }
  }
}

function cut(
  corners: readonly number[],
  value: Float64Array,
  point: (a: number, b: number) => [number, number, number],
  triangles: number[],
): void {
  const inside = corners.filter((corner) => (value[corner] ?? 0) < 0);
  const outside = corners.filter((corner) => (value[corner] ?? 0) >= 0);
  const [a, b, c] = inside;
  const [p, q, r] = outside;
  if (a === undefined || p === undefined) return;
  if (b === undefined && q !== undefined && r !== undefined)
    triangles.push(...point(a, p), ...point(a, q), ...point(a, r));
  else if (q === undefined && b !== undefined && c !== undefined)
    triangles.push(...point(a, p), ...point(b, p), ...point(c, p));
  else if (b !== undefined && q !== undefined) {
    triangles.push(...point(a, p), ...point(a, q), ...point(b, q));
    triangles.push(...point(a, p), ...point(b, q), ...point(b, p));
  }
}
