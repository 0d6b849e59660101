import type { Pixels, Volume } from '@/lib/planes/volume.ts';
import { LEAST_WIDTH, type Voi } from './voi.ts';

/** Every so many pixels are looked at. */
const STRIDE = 17;

/**
 * A window for a series that names none: from the 1st to the 99th percentile of the decoded slice nearest to the
 * middle, in the displayed unit. Null while no slice is there.
 */
export function windowOf(volume: Volume): Voi | null {
  const { slices, factor } = volume;
  const middle = slices.length >> 1;
  const nearest = slices
    .map((slice, index) => ({ slice, away: Math.abs(index - middle) }))
    .filter(({ slice }) => slice !== null)
    .sort((a, b) => a.away - b.away)[0]?.slice;
  if (!nearest) return null;
  const sorted = sampled(nearest.pixels).sort();
  const at = (part: number): number =>
    ((sorted[Math.round(part * (sorted.length - 1))] ?? 0) * nearest.slope + nearest.intercept) * factor;
  const [lower, upper] = [at(0.01), at(0.99)];
  return { center: (lower + upper) / 2, width: Math.max(LEAST_WIDTH, Math.abs(upper - lower)) };
}

const sampled = (pixels: Pixels): Float64Array =>
  Float64Array.from({ length: Math.ceil(pixels.length / STRIDE) }, (_, index) =>
    Number(pixels[index * STRIDE] ?? 0),
  );
