import type { DosePlane } from './dose-plane.ts';

/** Told apart by colour-blind eyes too (Okabe and Ito 2008): where A is higher, and where B is. */
export const differenceColours = { a: [230, 120, 0], b: [86, 180, 233] } as const;

/** Below this share of the span two doses are the same to the eye: a veil over everything would hide the rest. */
const QUIET = 0.05;

/**
 * The colour wash of a sampled difference: red, green, blue, alpha per sample. Nothing where the doses are alike, or one
 * of them is unknown; the colour of the higher one grows denser with the difference, and is full at `spanGy`.
 */
export function differenceWash({ values }: DosePlane, spanGy: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let at = 0; at < values.length; at += 1) {
    const gy = values[at] ?? Number.NaN;
    const share = Math.min(1, Math.abs(gy) / spanGy);
    // NaN fails the comparison.
    if (!(share >= QUIET)) continue;
    const [red, green, blue] = gy > 0 ? differenceColours.a : differenceColours.b;
    pixels[4 * at] = red;
    pixels[4 * at + 1] = green;
    pixels[4 * at + 2] = blue;
    pixels[4 * at + 3] = Math.round(255 * share);
  }
  return pixels;
}
