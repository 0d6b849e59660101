import type { Segmentation } from './seg.ts';

/**
 * A segmentation's pixels: native Pixel Data in one piece, or frames that were encapsulated, each decoded by itself.
 * Single bits are packed from the least significant one on, in one piece without padding between frames (PS3.5 8.1.1),
 * so that a frame may begin within a byte.
 */
export type SegmentationPixels = { whole: Uint8Array } | { frames: readonly Uint8Array[] };

/** Whether the pixels hold all frames that the object names. */
export function isComplete(segmentation: Segmentation, pixels: SegmentationPixels): boolean {
  const { rows, columns, bits, frames } = segmentation;
  const size = (count: number): number => Math.ceil((count * rows * columns * bits) / 8);
  if ('whole' in pixels) return pixels.whole.length >= size(frames.length);
  return pixels.frames.length >= frames.length && pixels.frames.every((one) => one.length >= size(1));
}

/**
 * Writes 1 for each voxel of a frame that belongs to the segment, else 0, row after row.
 * @param frame counted from 0
 * @param mask rows · columns bytes
 * @returns how many belong to it
 */
export function fillMask(
  segmentation: Segmentation,
  pixels: SegmentationPixels,
  frame: number,
  segment: number,
  mask: Uint8Array,
): number {
  const { rows, columns, bits, type, threshold } = segmentation;
  const size = rows * columns;
  const bytes = 'whole' in pixels ? pixels.whole : (pixels.frames[frame] ?? new Uint8Array());
  const first = 'whole' in pixels ? frame * size : 0;
  if (bits === 1) return unpackBits(bytes, first, size, mask);
  let count = 0;
  for (let at = 0; at < size; at += 1) {
    const value =
      bits === 8
        ? (bytes[first + at] ?? 0)
        : (bytes[2 * (first + at)] ?? 0) | ((bytes[2 * (first + at) + 1] ?? 0) << 8);
    const inside = type === 'LABELMAP' ? value === segment : value >= threshold;
    mask[at] = inside ? 1 : 0;
    if (inside) count += 1;
  }
  return count;
}

function unpackBits(bytes: Uint8Array, first: number, size: number, mask: Uint8Array): number {
  let count = 0;
  mask.fill(0);
  for (let at = 0; at < size; ) {
    const bit = first + at;
    const byte = bytes[bit >> 3] ?? 0;
    const shift = bit & 7;
    const here = Math.min(8 - shift, size - at);
    if (byte !== 0)
      for (let index = 0; index < here; index += 1)
        if ((byte >> (shift + index)) & 1) {
          mask[at + index] = 1;
          count += 1;
        }
    at += here;
  }
  return count;
}
