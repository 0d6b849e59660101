import { type ColourTable, colourTable } from './colours.ts';

/** Values of a picture's pixels and how they are shown. */
export type Shown = {
  /** Row after row; NaN where there is nothing. */
  values: Float32Array;
  /** In the values' unit. */
  voi: { center: number; width: number };
  colours: ColourTable;
  invert?: boolean;
};

/** What lies over another picture, pixel upon pixel. */
export type Overlay = Shown & {
  /** 0: the base alone, 1: the overlay alone. */
  blend: number;
  /** Values below are not drawn. */
  above: number | null;
};

/**
 * The pixels of an ImageData, opaque. By these rules, to the last bit on any machine:
 * - The window is LINEAR_EXACT (PS3.3 C.11.2.1.3.2): entry = round(255 * ((value - center) / width + 0.5)), a half
 *   rounded up, held within 0..255. `invert` takes entry 255 - entry.
 * - With an overlay, channel = (base * (255 - b) + overlay * b) / 255, rounded, b being blend * 255, rounded.
 * - Nothing (NaN) of the base is black, whatever its table. Nothing of the overlay, and what lies below `above`, leaves
 *   the base as it is.
 * @param out 4 bytes per pixel of the base
 */
export function composeRgba(base: Shown, overlay: Overlay | null, out: Uint8ClampedArray): void {
  const pixels = new Uint32Array(out.buffer, out.byteOffset, out.byteLength >> 2);
  paint(base, pixels);
  if (overlay) lay(overlay, pixels);
}

/** Uint32 as the machine has them in memory as red, green, blue, alpha. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const pack = (red: number, green: number, blue: number): number =>
  (LITTLE_ENDIAN
    ? (255 << 24) | (blue << 16) | (green << 8) | red
    : (red << 24) | (green << 16) | (blue << 8) | 255) >>> 0;
const NOTHING = pack(0, 0, 0);

function packed({ colours, invert }: Shown, scale: (channel: number) => number = (value) => value) {
  const table = colourTable(colours);
  return Uint32Array.from({ length: 256 }, (_, entry) => {
    const at = 3 * (invert ? 255 - entry : entry);
    return pack(scale(table[at] ?? 0), scale(table[at + 1] ?? 0), scale(table[at + 2] ?? 0));
  });
}

function paint(base: Shown, pixels: Uint32Array): void {
  const table = packed(base);
  const { center, width } = base.voi;
  const { values } = base;
  for (let at = 0; at < pixels.length; at += 1) {
    const entry = (((values[at] as number) - center) / width + 0.5) * 255 + 0.5;
    // NaN fails both comparisons.
    if (entry >= 255) pixels[at] = table[255] as number;
    else if (entry >= 0) pixels[at] = table[entry | 0] as number;
    else pixels[at] = entry < 0 ? (table[0] as number) : NOTHING;
  }
}

function lay(overlay: Overlay, pixels: Uint32Array): void {
  const share = Math.round(Math.min(Math.max(overlay.blend, 0), 1) * 255);
  const rest = 255 - share;
  const table = packed(overlay);
  const { center, width } = overlay.voi;
  const { values } = overlay;
  const least = overlay.above === null ? Number.NEGATIVE_INFINITY : Math.fround(overlay.above);
  for (let at = 0; at < pixels.length; at += 1) {
    const value = values[at] as number;
    if (!(value >= least)) continue;
    const entry = ((value - center) / width + 0.5) * 255 + 0.5;
    const over = table[entry >= 255 ? 255 : entry >= 0 ? entry | 0 : 0] as number;
    const under = pixels[at] as number;
    let mixed = 0;
    for (let shift = 0; shift < 32; shift += 8) {
      const channel = ((under >>> shift) & 255) * rest + ((over >>> shift) & 255) * share;
      mixed |= (((channel + 127) / 255) | 0) << shift;
    }
    pixels[at] = mixed >>> 0;
  }
}
