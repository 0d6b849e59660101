import type { DosePlane } from './dose-plane.ts';

/** A level of dose in Gy and the colour that stands for it, `#rrggbb`. */
export type ColouredDose = { gy: number; colour: string };

const STEPS = 1024;

/**
 * The colour wash of a sampled dose: red, green, blue, alpha per sample. At a level it has the level's colour, between
 * two a blend of theirs, above the highest the highest's; below the lowest, and where the dose is unknown, nothing.
 */
export function washOf(plane: DosePlane, levels: readonly ColouredDose[]): Uint8ClampedArray<ArrayBuffer> {
  const { values } = plane;
  const pixels = new Uint8ClampedArray(4 * values.length);
  const ascending = [...levels].sort((a, b) => a.gy - b.gy);
  const low = ascending[0]?.gy;
  const high = ascending.at(-1)?.gy;
  if (low === undefined || high === undefined) return pixels;
  const table = tableOf(ascending);
  const perGy = high > low ? (STEPS - 1) / (high - low) : 0;
  const out = new Uint32Array(pixels.buffer);
  for (let at = 0; at < values.length; at += 1) {
    const dose = values[at] as number;
    if (dose >= low) out[at] = table[Math.min(STEPS - 1, Math.round((dose - low) * perGy))] as number;
  }
  return pixels;
}

/** Colours from the lowest level to the highest in even steps, as the bytes of pixels. */
function tableOf(levels: readonly ColouredDose[]): Uint32Array {
  const low = levels[0]?.gy ?? 0;
  const high = levels.at(-1)?.gy ?? 0;
  const bytes = new Uint8ClampedArray(4 * STEPS);
  let next = 1;
  for (let step = 0; step < STEPS; step += 1) {
    const dose = low + ((high - low) * step) / (STEPS - 1);
    while (next + 1 < levels.length && dose > (levels[next]?.gy ?? 0)) next += 1;
    const from = levels[next - 1] ?? levels[0];
    const to = levels[next] ?? from;
    if (!from || !to) continue;
    const part = to.gy > from.gy ? Math.min(1, (dose - from.gy) / (to.gy - from.gy)) : 0;
    const [a, b] = [rgb(from.colour), rgb(to.colour)];
    for (let channel = 0; channel < 3; channel += 1)
      bytes[4 * step + channel] = (a[channel] ?? 0) + part * ((b[channel] ?? 0) - (a[channel] ?? 0));
    bytes[4 * step + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

const rgb = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
