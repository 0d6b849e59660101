import { EDGE } from './geometry.ts';
import type { Pixels, SliceData } from './slice-data.ts';
import type { Volume } from './volume.ts';

export type Interpolation = 'linear' | 'nearest';

/**
 * A run of pixels of one row of a picture within one stretch of a volume. `column`, `row` and `part` (of `upper`) are
 * those of the row's pixel 0, and grow by their steps from pixel to pixel.
 */
export type Run = {
  lower: SliceData;
  upper: SliceData | null;
  /** Pixels [from, to). */
  from: number;
  to: number;
  /** Where the row starts in the picture. */
  out: number;
  column: number;
  columnStep: number;
  row: number;
  rowStep: number;
  part: number;
  partStep: number;
};

/** Writes the displayed values of a run; pixels beside the slices are left as they are. */
export function drawRun(
  { columns, rows, factor }: Volume,
  run: Run,
  out: Float32Array,
  interpolation: Interpolation,
): void {
  clip(run, run.column, run.columnStep, columns);
  clip(run, run.row, run.rowStep, rows);
  if (run.from >= run.to) return;
  const [lower, upper] = ends(run);
  if (interpolation === 'nearest') {
    nearest(run, lower, upper, columns, rows, factor, out);
    return;
  }
  const still = !upper || run.partStep === 0;
  if (still && run.rowStep === 0) alongLine(run, lower, upper, false, columns, rows, factor, out);
  else if (still && run.columnStep === 0) alongLine(run, lower, upper, true, columns, rows, factor, out);
  else {
    bilinear(run, lower, columns, rows, factor, out, upper ? 'lower' : 'alone');
    if (upper) bilinear(run, upper, columns, rows, factor, out, 'upper');
  }
}

/** The slices that have a part in the run at all: on a slice its neighbour has none. */
function ends({ lower, upper, part, partStep }: Run): [SliceData, SliceData | null] {
  if (!upper || partStep !== 0) return [lower, upper];
  if (part <= 0) return [lower, null];
  return part >= 1 ? [upper, null] : [lower, upper];
}

/** Shortens a run to the pixels whose index is at most half a voxel beyond the outer voxels' centres. */
function clip(run: Run, index: number, step: number, count: number): void {
  const low = -0.5 - EDGE;
  const high = count - 0.5 + EDGE;
  if (step === 0) {
    if (index < low || index > high) run.to = run.from;
    return;
  }
  const [enter, leave] = step > 0 ? [low, high] : [high, low];
  run.from = Math.max(run.from, Math.ceil((enter - index) / step));
  run.to = Math.min(run.to, Math.floor((leave - index) / step) + 1);
}

const scratch = { line: new Float64Array(1024) };

/**
 * Along one row or one column of the slices, where the other indexes stand still (every cut along the stack's own axes,
 * sheared or not): the line is blended once, then sampled.
 */
function alongLine(
  run: Run,
  lower: SliceData,
  upper: SliceData | null,
  alongColumn: boolean,
  columns: number,
  rows: number,
  factor: number,
  out: Float32Array,
): void {
  const count = alongColumn ? rows : columns;
  const across = alongColumn ? columns : rows;
  const index = alongColumn ? run.row : run.column;
  const step = alongColumn ? run.rowStep : run.columnStep;
  const still = clamp(alongColumn ? run.column : run.row, across);
  if (scratch.line.length < count) scratch.line = new Float64Array(count);
  const { line } = scratch;
  const one = index + run.from * step;
  const other = index + (run.to - 1) * step;
  const first = Math.floor(clamp(Math.min(one, other), count));
  const end = Math.min(Math.floor(clamp(Math.max(one, other), count)) + 2, count);
  const stride = alongColumn ? columns : 1;
  const near = Math.floor(still) * (alongColumn ? 1 : columns);
  const far = Math.min(Math.floor(still) + 1, across - 1) * (alongColumn ? 1 : columns);
  const aside = still - Math.floor(still);
  const part = upper ? run.part : 0;
  blend(line, lower, near, far, aside, stride, first, end, (1 - part) * factor, 0);
  if (upper) blend(line, upper, near, far, aside, stride, first, end, part * factor, 1);
  const last = count - 1;
  for (let x = run.from; x < run.to; x += 1) {
    const at = Math.min(Math.max(index + x * step, 0), last);
    const left = Math.floor(at);
    const low = line[left] as number;
    const high = line[left < last ? left + 1 : last] as number;
    out[run.out + x] = low + (high - low) * (at - left);
  }
}

/** line = line * kept + weight * value, value lying `aside` between two neighbouring rows (or columns) of a slice. */
function blend(
  line: Float64Array,
  { pixels, slope, intercept }: SliceData,
  near: number,
  far: number,
  aside: number,
  stride: number,
  first: number,
  end: number,
  weight: number,
  kept: 0 | 1,
): void {
  const nearWeight = slope * weight * (1 - aside);
  const farWeight = slope * weight * aside;
  const constant = intercept * weight;
  for (let i = first; i < end; i += 1) {
    const at = i * stride;
    const value =
      (pixels[near + at] as number) * nearWeight + (pixels[far + at] as number) * farWeight + constant;
    line[i] = kept === 0 ? value : (line[i] as number) + value;
  }
}

/** Any direction: one slice alone, or the lower one's part and then the upper one's added to it. */
function bilinear(
  run: Run,
  { pixels, slope, intercept }: SliceData,
  columns: number,
  rows: number,
  factor: number,
  out: Float32Array,
  as: 'alone' | 'lower' | 'upper',
): void {
  const { column, columnStep, row, rowStep, part, partStep } = run;
  const lastColumn = columns - 1;
  const lastRow = rows - 1;
  const scale = slope * factor;
  const constant = intercept * factor;
  for (let x = run.from; x < run.to; x += 1) {
    const i = Math.min(Math.max(column + x * columnStep, 0), lastColumn);
    const j = Math.min(Math.max(row + x * rowStep, 0), lastRow);
    const left = Math.floor(i);
    const top = Math.floor(j);
    const a = i - left;
    const upper = top * columns + left;
    const right = left < lastColumn ? 1 : 0;
    const below = top < lastRow ? columns : 0;
    const p = pixels[upper] as number;
    const q = pixels[upper + below] as number;
    const high = p + ((pixels[upper + right] as number) - p) * a;
    const low = q + ((pixels[upper + below + right] as number) - q) * a;
    const value = (high + (low - high) * (j - top)) * scale + constant;
    const at = run.out + x;
    if (as === 'alone') out[at] = value;
    else {
      const weight = Math.min(Math.max(part + x * partStep, 0), 1);
      out[at] = as === 'upper' ? (out[at] as number) + value * weight : value * (1 - weight);
    }
  }
}

function nearest(
  run: Run,
  lower: SliceData,
  upper: SliceData | null,
  columns: number,
  rows: number,
  factor: number,
  out: Float32Array,
): void {
  for (let x = run.from; x < run.to; x += 1) {
    const i = Math.floor(clamp(run.column + x * run.columnStep, columns) + 0.5);
    const j = Math.floor(clamp(run.row + x * run.rowStep, rows) + 0.5);
    const slice = upper && run.part + x * run.partStep >= 0.5 ? upper : lower;
    const pixels: Pixels = slice.pixels;
    out[run.out + x] = ((pixels[j * columns + i] as number) * slice.slope + slice.intercept) * factor;
  }
}

const clamp = (index: number, count: number): number => Math.min(Math.max(index, 0), count - 1);
