/** How one frame of grey pixels is stored, and what turns its values into those that are meant (PS3.3 C.7.6.3, C.11.1). */
export type NativeShape = {
  rows: number;
  columns: number;
  bitsAllocated: 8 | 16;
  bitsStored: number;
  signed: boolean;
  slope: number;
  intercept: number;
};

export type NativePixels = {
  pixels: Uint8Array | Int8Array | Uint16Array | Int16Array | Float32Array;
  /** Smallest and largest of `pixels`. */
  min: number;
  max: number;
  /** Slope and intercept are applied; if not, they are still to be. */
  scaled: boolean;
};

/**
 * An uncompressed frame's values, in the memory it came in wherever they fit. Whole numbers of at most 16 bits are
 * rescaled at once, as Cornerstone's own decoder does it. Values that are no whole numbers would take twice the memory:
 * they stay as they are stored, unless the caller needs them rescaled.
 * @param bytes the frame in little endian; it is written to, and belongs to the result
 * @param floats rescale to 32-bit floats what does not fit 16 bits
 * @throws RangeError when there are fewer bytes than pixels
 */
export function nativePixels(bytes: ArrayBuffer, shape: NativeShape, floats: boolean): NativePixels {
  const stored = storedValues(bytes, shape);
  const { min, max } = extentOf(stored);
  const { slope, intercept } = shape;
  if (slope === 1 && intercept === 0) return { pixels: narrow(stored, min, max), min, max, scaled: false };
  const [low, high] = [slope * min + intercept, slope * max + intercept];
  const type = typeFor(low, high);
  if (type) {
    const pixels =
      type.BYTES_PER_ELEMENT === stored.BYTES_PER_ELEMENT ? new type(stored.buffer) : new type(stored.length);
    for (let i = 0; i < stored.length; i += 1) pixels[i] = (stored[i] ?? 0) * slope + intercept;
    return { pixels, min: low, max: high, scaled: true };
  }
  if (!floats) return { pixels: narrow(stored, min, max), min, max, scaled: false };
  const pixels = new Float32Array(stored.length);
  for (let i = 0; i < stored.length; i += 1) pixels[i] = (stored[i] ?? 0) * slope + intercept;
  return { pixels, min: low, max: high, scaled: true };
}

type Whole =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>;

function storedValues(bytes: ArrayBuffer, shape: NativeShape): Whole {
  const { rows, columns, bitsAllocated, bitsStored, signed } = shape;
  const length = rows * columns;
  if (bitsAllocated === 8) return signed ? new Int8Array(bytes, 0, length) : new Uint8Array(bytes, 0, length);
  if (!signed) return new Uint16Array(bytes, 0, length);
  const values = new Int16Array(bytes, 0, length);
  const unused = 32 - bitsStored;
  // The sign is the highest bit that is stored, not that is allocated.
  if (bitsStored < 16) for (let i = 0; i < length; i += 1) values[i] = ((values[i] ?? 0) << unused) >> unused;
  return values;
}

function extentOf(values: Whole): { min: number; max: number } {
  let min = values[0] ?? 0;
  let max = min;
  for (let i = 1; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { min, max };
}

const types = [
  { type: Uint8Array, low: 0, high: 255 },
  { type: Uint16Array, low: 0, high: 65535 },
  { type: Int8Array, low: -128, high: 127 },
  { type: Int16Array, low: -32768, high: 32767 },
] as const;

/** The narrowest type that holds whole numbers of that extent; Cornerstone's choice too. */
function typeFor(low: number, high: number): (typeof types)[number]['type'] | undefined {
  if (!Number.isInteger(low) || !Number.isInteger(high)) return undefined;
  return types.find((one) => low >= one.low && high <= one.high)?.type;
}

function narrow(stored: Whole, min: number, max: number): Whole {
  const type = typeFor(min, max);
  return !type || stored instanceof type ? stored : new type(stored);
}
