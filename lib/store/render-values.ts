import type { PixelFormat } from './pixel-format.ts';

/** Sample values of a decoded grey frame: stored bits only, signs extended (PS3.5 8.1.1), floats as they are. */
export function sampleValues(pixels: Buffer, format: PixelFormat): Float64Array {
  const { bits, stored, high, signed, float } = format;
  const size = bits / 8;
  const count = Math.min(format.rows * format.columns * format.samples, Math.floor(pixels.length / size));
  const values = new Float64Array(count);
  if (float) {
    for (let at = 0; at < count; at += 1)
      values[at] = bits === 64 ? pixels.readDoubleLE(8 * at) : pixels.readFloatLE(4 * at);
    return values;
  }
  if (bits === 32) {
    for (let at = 0; at < count; at += 1)
      values[at] = signed ? pixels.readInt32LE(4 * at) : pixels.readUInt32LE(4 * at);
    return values;
  }
  const shift = high + 1 - stored;
  const mask = 2 ** stored - 1;
  const sign = signed ? 2 ** (stored - 1) : 0;
  for (let at = 0; at < count; at += 1) {
    const raw = size === 1 ? (pixels[at] ?? 0) : pixels.readUInt16LE(2 * at);
    const value = (raw >> shift) & mask;
    values[at] = sign > 0 && value >= sign ? value - 2 * sign : value;
  }
  return values;
}

/** Red, green and blue of a decoded colour frame of 8 or 16 bits, one byte each (PS3.3 C.7.6.3.1.2). */
export function colourBytes(pixels: Buffer, format: PixelFormat): Buffer {
  const count = format.rows * format.columns;
  const wide = format.bits > 8;
  const out = Buffer.alloc(count * 3);
  const half = format.photometric.includes('422') && pixels.length < (count * 3 * format.bits) / 8;
  const sample = (index: number): number =>
    // Of wide samples the highest byte of what is stored is what a screen shows.
    format.bits === 32
      ? pixels.readUInt32LE(4 * index) >>> (Math.max(format.stored, 8) - 8)
      : wide
        ? pixels.readUInt16LE(2 * index) >> (Math.max(format.stored, 8) - 8)
        : (pixels[index] ?? 0);
  const ybr = format.photometric.startsWith('YBR_FULL');
  for (let at = 0; at < count; at += 1) {
    const [a, b, c] = half
      ? [sample((at >> 1) * 4 + (at & 1)), sample((at >> 1) * 4 + 2), sample((at >> 1) * 4 + 3)]
      : format.planar
        ? [sample(at), sample(count + at), sample(2 * count + at)]
        : [sample(3 * at), sample(3 * at + 1), sample(3 * at + 2)];
    if (ybr) {
      out[3 * at] = clamp(a + 1.402 * (c - 128));
      out[3 * at + 1] = clamp(a - 0.344136 * (b - 128) - 0.714136 * (c - 128));
      out[3 * at + 2] = clamp(a + 1.772 * (b - 128));
    } else {
      out[3 * at] = a;
      out[3 * at + 1] = b;
      out[3 * at + 2] = c;
    }
  }
  return out;
}

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** A lookup table of PS3.3 C.11: entries from the first mapped value on, as a function of a value. */
export type Lookup = { first: number; entries: ArrayLike<number>; bits: number };

export const lookUp = (table: Lookup, value: number): number =>
  table.entries[Math.max(0, Math.min(table.entries.length - 1, Math.round(value) - table.first))] ?? 0;

export type Window = { center: number; width: number; shape: 'linear' | 'linear-exact' | 'sigmoid' };

/** A window as a function from modality values to 0…255 (PS3.3 C.11.2.1.2 and C.11.2.1.3). */
export function windowed({ center, width, shape }: Window): (value: number) => number {
  switch (shape) {
    case 'sigmoid':
      return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width));
    case 'linear-exact':
      return (value) => clamp(((value - center) / width + 0.5) * 255);
    case 'linear': {
      const span = Math.max(width - 1, 1e-9);
      return (value) => clamp(((value - (center - 0.5)) / span + 0.5) * 255);
    }
  }
}

/** Window between the 2nd and the 99.5th percentile, for objects whose header does not say. */
export function percentileWindow(values: Float64Array): Window {
  const step = Math.max(1, Math.floor(values.length / 65_536));
  const some = new Float64Array(Math.ceil(values.length / step));
  for (let at = 0; at < some.length; at += 1) some[at] = values[at * step] ?? 0;
  some.sort();
  const at = (share: number) => some[Math.min(some.length - 1, Math.floor(share * some.length))] ?? 0;
  const low = at(0.02);
  const width = Math.max(1e-6, at(0.995) - low);
  return { center: low + width / 2, width, shape: 'linear-exact' };
}
