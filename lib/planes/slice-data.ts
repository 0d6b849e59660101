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
