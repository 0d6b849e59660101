import { dot } from '../dicom/image-plane.ts';
import type { VolumeGeometry } from './geometry.ts';
import { rasterOf, type Size } from './raster.ts';
import { type SliceData, toValues } from './slice-data.ts';
import { stretchesOf } from './stretch.ts';
import { type ViewPlane, viewNormal } from './view-plane.ts';
import type { Volume } from './volume.ts';

/** Rays this near to the slices' plane, as a cosine, are turned out of it by so much: 0.25 mm over half a body. */
const STEEPEST = 1e-3;

/** From where to where along the stack's normal a slice speaks for itself alone: half-way to its neighbours. */
type Slab = { place: number; slice: SliceData; from: number; to: number };

/**
 * Maximum intensity projection from any direction through the nearest voxels. Slice after slice is laid over the whole
 * picture, cut by as many planes parallel to it as the rays cross voxels within it: neighbouring rays then meet
 * neighbouring voxels, and the inner loop is one of additions.
 * @param out NaN where no ray was yet; a value there already counts as met
 */
export function projectAlongRays(
  volume: Volume,
  view: ViewPlane,
  size: Size,
  out: Float32Array,
  depths: Float32Array | null,
): void {
  const { geometry, factor } = volume;
  const along = viewNormal(view);
  const raw = dot(geometry.normal, along);
  const offsetPerMm = Math.abs(raw) < STEEPEST ? (raw < 0 ? -STEEPEST : STEEPEST) : raw;
  const { offset, column, row } = rasterOf(geometry, view, size);
  const columnPerOffset = dot(geometry.columnAxis, along) / offsetPerMm;
  const rowPerOffset = dot(geometry.rowAxis, along) / offsetPerMm;
  // How column and row of a plane's points run over the picture: the same for all planes but for where they start.
  const layer: Layer = {
    ...{ columns: geometry.columns, rows: geometry.rows, width: size.width, height: size.height },
    ...{ column: 0, columnAcross: column.across - offset.across * columnPerOffset },
    columnDown: column.down - offset.down * columnPerOffset,
    ...{ row: 0, rowAcross: row.across - offset.across * rowPerOffset },
    rowDown: row.down - offset.down * rowPerOffset,
    ...{ depth: 0, depthAcross: -offset.across / offsetPerMm, depthDown: -offset.down / offsetPerMm },
  };
  const voxelsPerMm = Math.max(Math.abs(columnPerOffset), Math.abs(rowPerOffset));
  const voxels = new Float32Array(geometry.columns * geometry.rows);
  for (const { place, slice, from, to } of slabsOf(geometry, volume.slices)) {
    toValues(slice, factor, voxels);
    const planes = Math.max(1, Math.ceil((to - from) * voxelsPerMm - 1e-6));
    for (let plane = 0; plane < planes; plane += 1) {
      const away = from + ((plane + 0.5) * (to - from)) / planes - offset.at;
      layer.column = column.at + away * columnPerOffset - (geometry.columnShifts[place] as number);
      layer.row = row.at + away * rowPerOffset - (geometry.rowShifts[place] as number);
      layer.depth = away / offsetPerMm;
      lay(layer, voxels, out, depths);
    }
  }
}

function slabsOf(geometry: VolumeGeometry, slices: readonly (SliceData | null)[]): Slab[] {
  const places = new Map(geometry.order.map((index, place) => [slices[index] ?? null, place] as const));
  const slabs: Slab[] = [];
  const add = (slice: SliceData, from: number, to: number) => {
    const last = slabs.at(-1);
    if (last?.slice === slice && last.to >= from) last.to = to;
    else slabs.push({ place: places.get(slice) ?? 0, slice, from, to });
  };
  for (const { lower, upper, from, to } of stretchesOf(geometry, slices)) {
    const middle = upper ? (from + to) / 2 : to;
    add(lower, from, middle);
    if (upper) add(upper, middle, to);
  }
  return slabs;
}

/** Column, row and depth of a plane's points under pixel (0, 0), and how they change across and down the picture. */
type Layer = Size & {
  columns: number;
  rows: number;
  column: number;
  columnAcross: number;
  columnDown: number;
  row: number;
  rowAcross: number;
  rowDown: number;
  depth: number;
  depthAcross: number;
  depthDown: number;
};

const range = { from: 0, to: 0 };

function lay(layer: Layer, voxels: Float32Array, out: Float32Array, depths: Float32Array | null): void {
  const { columns, rows, width, columnAcross, rowAcross } = layer;
  const [top, bottom] = pictureRows(layer);
  for (let y = top; y < bottom; y += 1) {
    const column = layer.column + y * layer.columnDown;
    const row = layer.row + y * layer.rowDown;
    range.from = 0;
    range.to = width;
    clip(column, columnAcross, columns);
    clip(row, rowAcross, rows);
    const depth = layer.depth + y * layer.depthDown;
    // Half a voxel further, so that cutting the fraction off gives the nearest.
    let i = column + 0.5 + range.from * columnAcross;
    let j = row + 0.5 + range.from * rowAcross;
    const end = y * width + range.to;
    for (let at = y * width + range.from; at < end; at += 1) {
      const value = voxels[(j | 0) * columns + (i | 0)] as number;
      i += columnAcross;
      j += rowAcross;
      // NaN fails the comparison: the first value is always taken.
      if (value <= (out[at] as number)) continue;
      out[at] = value;
      if (depths) depths[at] = depth + (at - y * width) * layer.depthAcross;
    }
  }
}

/** Rows [from, to) of the picture that a plane's voxels can reach: where its corners lie. */
function pictureRows(layer: Layer): [number, number] {
  const { columns, rows, column, columnAcross, columnDown, row, rowAcross, rowDown, height } = layer;
  const determinant = columnAcross * rowDown - columnDown * rowAcross;
  const at = (i: number, j: number) => (columnAcross * (j - row) - rowAcross * (i - column)) / determinant;
  const corners = [
    ...[at(-0.5, -0.5), at(columns - 0.5, -0.5)],
    ...[at(-0.5, rows - 0.5), at(columns - 0.5, rows - 0.5)],
  ];
  return [
    Math.max(0, Math.floor(Math.min(...corners))),
    Math.min(height, Math.ceil(Math.max(...corners)) + 1),
  ];
}

/** So far inside of the outer voxels' edges, in voxels: added up over a row, rounding must not lead out of them. */
const INSIDE = 1e-6;

/** Shortens `range` to the pixels whose index is within half a voxel of the outer voxels' centres. */
function clip(index: number, step: number, count: number): void {
  const low = -0.5 + INSIDE;
  const high = count - 0.5 - INSIDE;
  if (step === 0) {
    if (index < low || index > high) range.to = range.from;
    return;
  }
  const [enter, leave] = step > 0 ? [low, high] : [high, low];
  range.from = Math.max(range.from, Math.ceil((enter - index) / step));
  range.to = Math.max(range.from, Math.min(range.to, Math.floor((leave - index) / step) + 1));
}
