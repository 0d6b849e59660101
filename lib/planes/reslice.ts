import { type Course, type Raster, rasterOf, type Size } from './raster.ts';
import { drawRun, type Interpolation, type Run } from './run.ts';
import { type Stretch, stretchesOf } from './stretch.ts';
import type { ViewPlane } from './view-plane.ts';
import type { Volume } from './volume.ts';

export type { Interpolation };

/** A drift of less than this over a whole row of the picture, in voxels or mm, is none. */
const DRIFT = 1e-6;

/**
 * Cuts a volume along a plane: the displayed values at the centres of a picture's pixels, row after row; NaN where
 * there is nothing. The values are sampleAt's; nothing is allocated per pixel.
 * @param view the plane, in the volume's frame of reference
 * @param size of the picture in (device) pixels over the view's field
 * @param out at least width * height long
 */
export function reslice(
  volume: Volume,
  view: ViewPlane,
  size: Size,
  out: Float32Array,
  interpolation: Interpolation = 'linear',
): void {
  out.fill(Number.NaN, 0, size.width * size.height);
  const raster = rasterOf(volume.geometry, view, size);
  const stretches = stretchesOf(volume.geometry, volume.slices);
  const { offset } = raster;
  const parallel = Math.abs(offset.across) * size.width < DRIFT;
  const first = { at: 0 };
  for (let y = 0; y < size.height; y += 1) {
    const at = offset.at + y * offset.down;
    for (let s = parallel ? find(stretches, at, first) : 0; s < stretches.length; s += 1) {
      const stretch = stretches[s] as Stretch;
      if (parallel && stretch.from > at) break;
      const [from, to] = parallel ? [0, size.width] : pixelsWithin(stretch, at, offset.across, size.width);
      if (from < to) drawRun(volume, runOf(stretch, raster, y, from, to, size.width), out, interpolation);
      if (parallel && from < to) break;
    }
  }
}

/** The first stretch that ends at or behind an offset. Neighbouring rows find it near the last one. */
function find(stretches: readonly Stretch[], offset: number, last: { at: number }): number {
  let s = Math.min(last.at, stretches.length - 1);
  while (s > 0 && (stretches[s - 1] as Stretch).to >= offset) s -= 1;
  while (s >= 0 && s < stretches.length && (stretches[s] as Stretch).to < offset) s += 1;
  last.at = Math.max(s, 0);
  return last.at;
}

/** Pixels [from, to) of a row whose offsets lie in a stretch; neighbouring stretches share none and leave none out. */
function pixelsWithin(stretch: Stretch, at: number, step: number, width: number): [number, number] {
  const [enter, leave] = step > 0 ? [stretch.from, stretch.to] : [stretch.to, stretch.from];
  return [Math.max(0, Math.ceil((enter - at) / step)), Math.min(width, Math.ceil((leave - at) / step))];
}

function runOf(stretch: Stretch, raster: Raster, y: number, from: number, to: number, width: number): Run {
  const start = (course: Course) => course.at + y * course.down;
  const beyond = start(raster.offset) - stretch.start;
  const still = (step: number) => (Math.abs(step) * width < DRIFT ? 0 : step);
  const across = raster.offset.across;
  return {
    lower: stretch.lower,
    upper: stretch.upper,
    from,
    to,
    out: y * width,
    column: start(raster.column) - stretch.columnShift - beyond * stretch.columnShiftPerMm,
    columnStep: still(raster.column.across - across * stretch.columnShiftPerMm),
    row: start(raster.row) - stretch.rowShift - beyond * stretch.rowShiftPerMm,
    rowStep: still(raster.row.across - across * stretch.rowShiftPerMm),
    part: beyond * stretch.partPerMm,
    partStep: still(across * stretch.partPerMm),
  };
}
