/** Pixels of one slice, row after row, as they were stored or as a decoder scaled them. */
export type Pixels =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/**
 * One slice. pixels * slope + intercept is the value in the series' own unit (HU, Bq/ml…); slope and intercept are the
 * slice's own, as PET has them. Padding values are values like others: the image shows them too.
 */
export type SliceData = { pixels: Pixels; slope: number; intercept: number };

/** Writes the slice's values, times a factor to another unit (SUV per Bq/ml), into `voxels`. */
export function toValues(
  { pixels, slope, intercept }: SliceData,
  factor: number,
  voxels: Float32Array,
): void {
  const scale = slope * factor;
  const constant = intercept * factor;
  for (let at = 0; at < voxels.length; at += 1) voxels[at] = (pixels[at] as number) * scale + constant;
}
