/** What shade a pixel value gets: its rescale, the window over it, and whether white is low. */
export type Shading = {
  slope: number;
  intercept: number;
  center: number;
  width: number;
  invert: boolean;
};

/** Opaque greys by pixel value, from `low` on, as four bytes of a canvas each. */
export type GreyTable = { low: number; shades: Uint32Array };

/**
 * The linear VOI function of PS3.3 C.11.2.1.2.1 as a table, rounded as Cornerstone's CPU path rounds it.
 * @param low smallest pixel value, a whole number
 * @param high largest pixel value
 */
export function greyTable(low: number, high: number, shading: Shading): GreyTable {
  const { slope, intercept, center, width, invert } = shading;
  const greys = new Uint8ClampedArray(Math.max(1, high - low + 1));
  for (let i = 0; i < greys.length; i += 1) {
    const value = (low + i) * slope + intercept;
    const share = (value - (center - 0.5)) / (width - 1) + 0.5;
    const grey = Math.min(Math.max(share * 255, 0), 255);
    greys[i] = invert ? 255 - grey : grey;
  }
  return { low, shades: Uint32Array.from(greys, (grey) => 0xff000000 | (grey * 0x010101)) };
}

/** Writes the shade of each pixel. */
export function shade(pixels: ArrayLike<number>, { low, shades }: GreyTable, out: Uint32Array): void {
  for (let i = 0; i < pixels.length; i += 1) out[i] = shades[(pixels[i] ?? 0) - low] ?? 0;
}
