import { dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import { EDGE, type VolumeGeometry } from './geometry.ts';
import type { Pixels, SliceData } from './slice-data.ts';
import { stretchAt } from './stretch.ts';

export {
  type GeometryResult,
  toIndex,
  toPoint,
  type VolumeGeometry,
  type VolumeRefusal,
  volumeGeometry,
} from './geometry.ts';
export type { Pixels, SliceData } from './slice-data.ts';

/** Scalars of one series in space. Slices come in any order while they load; a missing one is null. */
export type Volume = {
  frameOfReferenceUid: string | null;
  columns: number;
  rows: number;
  /** In the order of the planes that `geometry` was made of. */
  slices: (SliceData | null)[];
  /** Series' value -> displayed value: the SUV factor of PET, else 1. */
  factor: number;
  geometry: VolumeGeometry;
};

/** A volume of which no slice is there yet. */
export const emptyVolume = (geometry: VolumeGeometry, factor = 1): Volume => ({
  frameOfReferenceUid: geometry.frameOfReferenceUid,
  columns: geometry.columns,
  rows: geometry.rows,
  slices: geometry.order.map(() => null),
  factor,
  geometry,
});

/**
 * The value at a patient point (in the volume's frame of reference), in the displayed unit: trilinear between voxel
 * centres, the outer voxels reaching half a voxel outwards. NaN where there is nothing: outside, not loaded, or a slice
 * missing (lib/planes/stretch says when).
 */
export function sampleAt(volume: Volume, point: Mm3): number {
  const { geometry, slices, columns, rows, factor } = volume;
  const away = subtract(point, geometry.origin);
  const offset = dot(away, geometry.normal);
  const stretch = stretchAt(geometry, slices, offset);
  if (!stretch) return Number.NaN;
  const beyond = offset - stretch.start;
  const column = dot(away, geometry.columnAxis) - stretch.columnShift - stretch.columnShiftPerMm * beyond;
  const row = dot(away, geometry.rowAxis) - stretch.rowShift - stretch.rowShiftPerMm * beyond;
  // NaN fails every comparison.
  if (!(column >= -0.5 - EDGE && column <= columns - 0.5 + EDGE)) return Number.NaN;
  if (!(row >= -0.5 - EDGE && row <= rows - 0.5 + EDGE)) return Number.NaN;
  const { lower, upper } = stretch;
  const low = bilinear(lower.pixels, columns, rows, column, row) * lower.slope + lower.intercept;
  const part = beyond * stretch.partPerMm;
  if (!upper || part <= 0) return low * factor;
  const high = bilinear(upper.pixels, columns, rows, column, row) * upper.slope + upper.intercept;
  return (part >= 1 ? high : low * (1 - part) + high * part) * factor;
}

function bilinear(pixels: Pixels, columns: number, rows: number, column: number, row: number): number {
  const x = Math.min(Math.max(column, 0), columns - 1);
  const y = Math.min(Math.max(row, 0), rows - 1);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(left + 1, columns - 1);
  const upper = top * columns;
  const lower = Math.min(top + 1, rows - 1) * columns;
  const across = x - left;
  const high = (pixels[upper + left] as number) * (1 - across) + (pixels[upper + right] as number) * across;
  const low = (pixels[lower + left] as number) * (1 - across) + (pixels[lower + right] as number) * across;
  return high * (1 - (y - top)) + low * (y - top);
}
