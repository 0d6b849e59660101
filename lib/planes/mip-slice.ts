import { dot } from '../dicom/image-plane.ts';
import type { VolumeGeometry } from './geometry.ts';
import { rasterOf, type Size } from './raster.ts';
import { type SliceData, toValues } from './slice-data.ts';
import { type ViewPlane, viewNormal } from './view-plane.ts';
import type { Volume } from './volume.ts';

/** The maxima of one slice along parallel rays in its own plane, one per column of a picture; NaN where it is not met. */
export type Profile = { values: Float32Array; depths: Float32Array };

/** Projects slices as they are asked for, each once. The view's rays must lie in the slices' plane. */
export function profilesOf(volume: Volume, view: ViewPlane, size: Size): (slice: SliceData) => Profile {
  const { geometry, slices } = volume;
  const rays = raysOf(geometry, view, size);
  const voxels = new Float32Array(volume.columns * volume.rows);
  const places = new Map(
    geometry.order.flatMap((index, place) => {
      const slice = slices[index];
      return slice ? [[slice, place] as const] : [];
    }),
  );
  const known = new Map<SliceData, Profile>();
  return (slice) => {
    const before = known.get(slice);
    if (before) return before;
    toValues(slice, volume.factor, voxels);
    const profile = project(voxels, rays, geometry, places.get(slice) ?? 0, size.width);
    known.set(slice, profile);
    return profile;
  };
}

/** Column and row of the view's plane under each pixel, and how they change per mm along the rays. */
type Rays = {
  column: number;
  columnStep: number;
  row: number;
  rowStep: number;
  columnPerMm: number;
  rowPerMm: number;
};

function raysOf(geometry: VolumeGeometry, view: ViewPlane, size: Size): Rays {
  const { column, row } = rasterOf(geometry, view, size);
  const along = viewNormal(view);
  return {
    ...{ column: column.at, columnStep: column.across, row: row.at, rowStep: row.across },
    columnPerMm: dot(geometry.columnAxis, along),
    rowPerMm: dot(geometry.rowAxis, along),
  };
}

function project(
  voxels: Float32Array,
  rays: Rays,
  geometry: VolumeGeometry,
  place: number,
  width: number,
): Profile {
  const profile = {
    values: new Float32Array(width).fill(Number.NaN),
    depths: new Float32Array(width).fill(Number.NaN),
  };
  const { columns, rows } = geometry;
  const column = rays.column - (geometry.columnShifts[place] as number);
  const row = rays.row - (geometry.rowShifts[place] as number);
  // Rays go along the direction in which they cross more voxels, and are interpolated across it.
  const alongRows = Math.abs(rays.rowPerMm) > Math.abs(rays.columnPerMm);
  const [count, across] = alongRows ? [rows, columns] : [columns, rows];
  const [stride, aside] = alongRows ? [columns, 1] : [1, columns];
  const perMm = alongRows ? rays.rowPerMm : rays.columnPerMm;
  const slant = (alongRows ? rays.columnPerMm : rays.rowPerMm) / perMm;
  for (let x = 0; x < width; x += 1) {
    const i = column + x * rays.columnStep;
    const j = row + x * rays.rowStep;
    const [main, other] = alongRows ? [j, i] : [i, j];
    const at = other - main * slant;
    const found = maximum(voxels, count, across, stride, aside, at, slant);
    if (found < 0) continue;
    profile.values[x] = best.value;
    profile.depths[x] = (found - main) / perMm;
  }
  return profile;
}

const best = { value: 0 };

/** The step of the maximum along a line that starts at `at` and goes aside by `slant` with each step, or -1. */
function maximum(
  voxels: Float32Array,
  count: number,
  across: number,
  stride: number,
  aside: number,
  at: number,
  slant: number,
): number {
  const low = -0.5;
  const high = across - 0.5;
  let from = 0;
  let to = count - 1;
  if (Math.abs(slant) * count < 1e-9) {
    if (at < low || at > high) return -1;
  } else {
    const enter = ((slant > 0 ? low : high) - at) / slant;
    const leave = ((slant > 0 ? high : low) - at) / slant;
    from = Math.max(from, Math.ceil(enter));
    to = Math.min(to, Math.floor(leave));
  }
  const last = across - 1;
  let value = Number.NEGATIVE_INFINITY;
  let where = -1;
  for (let step = from; step <= to; step += 1) {
    const index = Math.min(Math.max(at + step * slant, 0), last);
    const left = index | 0;
    const base = step * stride + left * aside;
    const a = voxels[base] as number;
    const b = left < last ? (voxels[base + aside] as number) : a;
    const here = a + (b - a) * (index - left);
    if (here > value) {
      value = here;
      where = step;
    }
  }
  best.value = value;
  return where;
}
