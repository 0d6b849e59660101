import { dot, type Mm3 } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import type { DoseBends } from './dvh-histogram.ts';
import { planeIndex } from './plane-index.ts';

/** As far beyond the outermost voxel centres, in voxels, a point still is on the grid (see `doseSampler`). */
const EDGE = 1e-3;

/** Axes that lines are given in: patient position = u·uAxis + v·vAxis + w·normal. */
export type LineAxes = { uAxis: Mm3; vAxis: Mm3; normal: Mm3 };

/**
 * Walks the part on the grid of the line from (u, v, w) over `length` mm along u into the bends, each mm of it standing
 * for `area` mm²; returns the mm that lie outside.
 */
export type Walk = (
  bends: DoseBends,
  u: number,
  v: number,
  w: number,
  length: number,
  area: number,
) => number;

/** The last one of each grid: structures mostly lie on the same images, and what was compiled for one serves the next. */
const kept = new WeakMap<DoseGrid, { axes: LineAxes; walk: Walk }>();

/**
 * Walks lines of one direction through a dose grid. Along a grid's own axis the trilinear dose is linear from voxel to
 * voxel, so the walk is exact; any other line is taken as linear from one plane between voxels to the next.
 */
export function walker(grid: DoseGrid, axes: LineAxes): Walk {
  const known = kept.get(grid);
  if (known && sameAxes(known.axes, axes)) return known.walk;
  const walk = makeWalk(grid, axes);
  kept.set(grid, { axes: { uAxis: axes.uAxis, vAxis: axes.vAxis, normal: axes.normal }, walk });
  return walk;
}

const sameAxes = (a: LineAxes, b: LineAxes): boolean =>
  same(a.uAxis, b.uAxis) && same(a.vAxis, b.vAxis) && same(a.normal, b.normal);

const same = (a: Mm3, b: Mm3): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

function makeWalk(grid: DoseGrid, axes: LineAxes): Walk {
  const { columns, rows } = grid;
  const row = indexAxis(grid, axes, grid.rowDirection, grid.columnSpacing);
  const column = indexAxis(grid, axes, grid.columnDirection, grid.rowSpacing);
  const along = (one: IndexAxis, other: IndexAxis) =>
    Math.abs(other.u) < 1e-9 && Math.abs(dot(axes.uAxis, grid.normal)) < 1e-9 && one.u !== 0;
  if (along(row, column) && columns > 1)
    return axisWalk(grid, axes, [row, columns, 1], [column, rows, columns]);
  if (along(column, row) && rows > 1) return axisWalk(grid, axes, [column, rows, columns], [row, columns, 1]);
  return obliqueWalk(grid, axes, row, column);
}

/** index = zero + u·.u + v·.v + w·.w */
type IndexAxis = { zero: number; u: number; v: number; w: number };

const indexAxis = (grid: DoseGrid, axes: LineAxes, direction: Mm3, spacing: number): IndexAxis => ({
  zero: -dot(direction, grid.origin) / spacing,
  u: dot(direction, axes.uAxis) / spacing,
  v: dot(direction, axes.vAxis) / spacing,
  w: dot(direction, axes.normal) / spacing,
});

/** Axis, number of voxels, and how far neighbours lie apart in the array. */
type Along = readonly [IndexAxis, number, number];

function axisWalk(
  grid: DoseGrid,
  axes: LineAxes,
  [a, count, stride]: Along,
  [b, others, otherStride]: Along,
): Walk {
  const { doses, offsets } = grid;
  const c = indexAxis(grid, axes, grid.normal, 1);
  const perPlane = grid.rows * grid.columns;
  const planeOf = planeIndex(offsets);
  const last = count - 1;
  const spacing = 1 / Math.abs(a.u);
  /** Doses where the line begins, at the voxels that it passes, and where it ends. */
  const passed = new Float64Array(count + 1);
  return (bends, u, v, w, length, area) => {
    const j = onAxis(b.zero + u * b.u + v * b.v + w * b.w, others);
    const k = onAxis(planeOf(c.zero + u * c.u + v * c.v + w * c.w), offsets.length);
    if (j < 0 || k < 0) return length;
    const start = a.zero + u * a.u + v * a.v + w * a.w;
    const stop = start + length * a.u;
    const from = Math.max(0, Math.min(start, stop));
    const to = Math.min(last, Math.max(start, stop));
    if (!(to > from)) return length;

    const j0 = Math.min(Math.floor(j), Math.max(0, others - 2));
    const k0 = Math.min(Math.floor(k), offsets.length - 2);
    const dj = j - j0;
    const dk = k - k0;
    const w00 = (1 - dj) * (1 - dk);
    const w01 = dj * (1 - dk);
    const w10 = (1 - dj) * dk;
    const w11 = dj * dk;
    const index = Math.min(from | 0, last - 1);
    const end = Math.min(to | 0, last - 1);
    const pieces = end - index + 1;
    // Four rows of voxels round the line.
    let p00 = k0 * perPlane + j0 * otherStride + index * stride;
    const to01 = others > 1 ? otherStride : 0;
    for (let at = 0; at <= pieces; at += 1) {
      const p10 = p00 + perPlane;
      passed[at] =
        (doses[p00] ?? 0) * w00 +
        (doses[p00 + to01] ?? 0) * w01 +
        (doses[p10] ?? 0) * w10 +
        (doses[p10 + to01] ?? 0) * w11;
      p00 += stride;
    }
    const [first, second] = [passed[0] ?? 0, passed[1] ?? 0];
    const [before, final] = [passed[pieces - 1] ?? 0, passed[pieces] ?? 0];
    passed[0] = first + (second - first) * (from - index);
    if (to !== end + 1) passed[pieces] = before + (final - before) * (to - end);
    const perIndex = spacing * area;
    const unknown = bends.addLine(passed, pieces, perIndex, (pieces === 1 ? to : index + 1) - from, to - end);
    bends.total += (to - from - unknown) * perIndex;
    return Math.max(0, length - (to - from - unknown) * spacing);
  };
}

function obliqueWalk(grid: DoseGrid, axes: LineAxes, row: IndexAxis, column: IndexAxis): Walk {
  const { doses, offsets, columns, rows } = grid;
  const normal = indexAxis(grid, axes, grid.normal, 1);
  const planeOf = planeIndex(offsets);
  const perPlane = rows * columns;
  const right = columns > 1 ? 1 : 0;
  const down = rows > 1 ? columns : 0;
  const sample = (i: number, j: number, offset: number): number => {
    const k = Math.min(Math.max(planeOf(offset), 0), offsets.length - 1);
    const i0 = Math.min(i | 0, Math.max(0, columns - 2));
    const j0 = Math.min(j | 0, Math.max(0, rows - 2));
    const k0 = Math.min(k | 0, offsets.length - 2);
    const di = i - i0;
    const dj = j - j0;
    const dk = k - k0;
    const p = k0 * perPlane + j0 * columns + i0;
    const q = p + perPlane;
    const near =
      ((doses[p] ?? 0) * (1 - di) + (doses[p + right] ?? 0) * di) * (1 - dj) +
      ((doses[p + down] ?? 0) * (1 - di) + (doses[p + down + right] ?? 0) * di) * dj;
    const far =
      ((doses[q] ?? 0) * (1 - di) + (doses[q + right] ?? 0) * di) * (1 - dj) +
      ((doses[q + down] ?? 0) * (1 - di) + (doses[q + down + right] ?? 0) * di) * dj;
    return near * (1 - dk) + far * dk;
  };
  const planeStep = ((offsets.at(-1) ?? 0) - (offsets[0] ?? 0)) / (offsets.length - 1);
  /** Two pieces per voxel that the line passes. */
  const perMm = 2 * (Math.abs(row.u) + Math.abs(column.u) + Math.abs(normal.u) / planeStep);
  const firstOffset = offsets[0] ?? 0;
  const lastOffset = offsets.at(-1) ?? 0;
  return (bends, u, v, w, length, area) => {
    const i = row.zero + u * row.u + v * row.v + w * row.w;
    const j = column.zero + u * column.u + v * column.v + w * column.w;
    const offset = normal.zero + u * normal.u + v * normal.v + w * normal.w;
    const range: [number, number] = [0, length];
    clip(range, i, row.u, 0, columns - 1);
    clip(range, j, column.u, 0, rows - 1);
    clip(range, offset, normal.u, firstOffset, lastOffset);
    const [from, to] = range;
    if (!(to > from)) return length;
    const pieces = Math.max(1, Math.ceil((to - from) * perMm));
    const step = (to - from) / pieces;
    const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
    let before = Number.NaN;
    let unknown = 0;
    for (let piece = 0; piece <= pieces; piece += 1) {
      const t = from + piece * step;
      const dose = sample(
        within(i + t * row.u, columns),
        within(j + t * column.u, rows),
        offset + t * normal.u,
      );
      if (piece > 0 && Number.isNaN(before + dose)) unknown += step;
      else if (piece > 0) bends.add(before, dose, step * area);
      before = dose;
    }
    return Math.max(0, length - (to - from - unknown));
  };
}

/** Narrows the range of t in which at + t · speed lies between two values. */
function clip(range: [number, number], at: number, speed: number, low: number, high: number): void {
  if (Math.abs(speed) < 1e-12) {
    if (at < low - EDGE || at > high + EDGE) range[1] = range[0];
    return;
  }
  const one = (low - at) / speed;
  const other = (high - at) / speed;
  range[0] = Math.max(range[0], Math.min(one, other));
  range[1] = Math.min(range[1], Math.max(one, other));
}

function onAxis(index: number, count: number): number {
  if (!(index >= -EDGE && index <= count - 1 + EDGE)) return -1;
  return Math.min(Math.max(index, 0), count - 1);
}
