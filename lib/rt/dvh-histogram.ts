import { type Cc, cc, ccFromMm3, type Gy, gy } from './units.ts';

const BINS = 16384;
const CURVE_POINTS = 500;

/** Cumulative: `cumulative[k]` is the volume in mm³ that receives at least `min + k · width` Gy. */
export type Histogram = { min: number; width: number; cumulative: Float64Array };

/**
 * Collects pieces of volume over which dose changes evenly from one value to another. The volume below a dose then is
 * a sum of ramps, each bent at the piece's two ends: only those bends are kept, so a piece costs the same however many
 * bins it spans, and every bin's edge comes out exact. Bins grow wider as doses come that lie beyond them.
 */
export class DoseBends {
  private bends = new Float64Array(BINS + 2);
  /** Of the same size, all zero: what the next growth writes into. */
  private spare = new Float64Array(BINS + 2);
  private low = 0;
  private width: number;
  private perGy: number;
  /** Between these a dose and its neighbours have a bin. */
  private from = Infinity;
  private to = -Infinity;
  /** mm³ */
  total = 0;
  /** mm³ · Gy */
  integral = 0;
  min = Infinity;
  max = -Infinity;
  /** Doses closer than this, in Gy, are one value: a piece has to rise. */
  flat: number;

  /** @param highest Gy: the order of the doses to come */
  constructor(highest: number) {
    this.width = Math.max(highest, 1e-3) * 2 ** -30;
    this.perGy = 1 / this.width;
    this.flat = this.width / 16;
  }

  /** A dose that occurs, whatever its volume. NaN is none. To be called before it bends anything. */
  see(dose: number): void {
    while (dose < this.from || dose > this.to) this.grow(dose);
    if (dose < this.min) this.min = dose;
    if (dose > this.max) this.max = dose;
  }

  /** The ramp's slope changes by `by` mm³/Gy at a dose that was seen. */
  bend(dose: number, by: number): void {
    const at = (dose - this.low) * this.perGy;
    const bin = at | 0;
    const part = by * (at - bin);
    this.bends[bin] = (this.bends[bin] ?? 0) + by - part;
    this.bends[bin + 1] = (this.bends[bin + 1] ?? 0) + part;
  }

  /** `volume` mm³ at one dose that was seen. */
  step(dose: number, volume: number): void {
    const { flat } = this;
    this.bend(dose - flat / 2, volume / flat);
    this.bend(dose + flat / 2, -volume / flat);
  }

  /**
   * Pieces one after the other, over each of which dose changes evenly from `doses[n]` to `doses[n + 1]`: all of
   * `volume` mm³, but for the first one, which is `first` of it, and the last one of several, `last` of it. Returns how
   * many of them, in the same shares, have no known dose at one end (NaN): those count for nothing.
   */
  addLine(doses: Float64Array, pieces: number, volume: number, first: number, last: number): number {
    let dose = doses[0] ?? 0;
    this.see(dose);
    // Millions of pieces, few of which make the bins grow: what these need is kept at hand.
    let { bends, low, perGy, from, to, flat, min, max } = this;
    // A bend where two pieces meet belongs to both: one entry.
    let slope = 0;
    let integral = 0;
    let unknown = 0;
    for (let piece = 0; piece < pieces; piece += 1) {
      const next = doses[piece + 1] ?? 0;
      if (next < from || next > to) {
        this.min = min;
        this.max = max;
        this.see(next);
        ({ bends, low, perGy, from, to, flat, min, max } = this);
      } else {
        if (next < min) min = next;
        if (next > max) max = next;
      }
      const share = piece === 0 ? first : piece === pieces - 1 ? last : 1;
      const here = share * volume;
      const rise = next - dose;
      if (rise > flat || rise < -flat) {
        integral += here * (dose + next);
        const now = here / rise;
        const by = now - slope;
        const at = (dose - low) * perGy;
        const bin = at | 0;
        const part = by * (at - bin);
        bends[bin] = (bends[bin] ?? 0) + by - part;
        bends[bin + 1] = (bends[bin + 1] ?? 0) + part;
        slope = now;
      } else {
        if (slope !== 0) this.bend(dose, -slope);
        slope = 0;
        if (Number.isNaN(rise)) unknown += share;
        else {
          integral += here * (dose + next);
          this.step((dose + next) / 2, here);
        }
      }
      dose = next;
    }
    this.min = min;
    this.max = max;
    if (slope !== 0) this.bend(dose, -slope);
    this.integral += integral / 2;
    return unknown;
  }

  /** `volume` mm³ whose dose changes evenly from `a` to `b`. */
  add(a: number, b: number, volume: number): void {
    this.see(a);
    this.see(b);
    this.total += volume;
    this.integral += (volume * (a + b)) / 2;
    if (Math.abs(b - a) < this.flat) {
      this.step((a + b) / 2, volume);
      return;
    }
    const slope = volume / (b - a);
    this.bend(a, slope);
    this.bend(b, -slope);
  }

  /** Bins of twice the width, towards the dose. A bend between two of the new edges is shared out to both: exact there. */
  private grow(dose: number): void {
    if (this.from > this.to) {
      this.low = dose - (BINS / 2) * this.width;
    } else {
      const downward = dose < this.from;
      const before = this.bends;
      this.bends = this.spare;
      this.spare = before;
      const shift = downward ? BINS / 2 : 0;
      // Nothing was bent below the lowest dose that was seen until now, or above the highest.
      const first = Math.max(0, Math.floor((this.min - this.low) * this.perGy) - 1);
      const end = Math.min(before.length, Math.floor((this.max - this.low) * this.perGy) + 3);
      for (let bin = first; bin < end; bin += 1) {
        const by = before[bin] ?? 0;
        if (by === 0) continue;
        before[bin] = 0;
        const lower = shift + (bin >> 1);
        const half = (bin & 1) === 1 ? by / 2 : 0;
        this.bends[lower] = (this.bends[lower] ?? 0) + by - half;
        if (half !== 0) this.bends[lower + 1] = (this.bends[lower + 1] ?? 0) + half;
      }
      if (downward) this.low -= BINS * this.width;
      this.width *= 2;
      this.perGy = 1 / this.width;
      this.flat = this.width / 16;
    }
    this.from = this.low + this.width;
    this.to = this.low + (BINS - 1) * this.width;
  }

  histogram(): Histogram {
    const cumulative = new Float64Array(BINS + 2);
    let below = 0;
    let slope = 0;
    for (let bin = 0; bin <= BINS; bin += 1) {
      const at = this.low + bin * this.width;
      // What rounding leaves of nothing is nothing.
      cumulative[bin] = at > this.max + this.width ? 0 : Math.max(0, this.total - below);
      slope += this.bends[bin] ?? 0;
      below += slope * this.width;
    }
    return { min: this.low, width: this.width, cumulative };
  }
}

/** The dose in Gy that the hottest `volume` mm³ receive at least, linear within a bin. */
export function doseAtVolume({ min, width, cumulative }: Histogram, volume: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) >= volume) low = middle;
    else high = middle;
  }
  const upper = cumulative[low] ?? 0;
  const lower = cumulative[high] ?? 0;
  return min + (low + (upper > lower ? (upper - volume) / (upper - lower) : 0)) * width;
}

/** The volume in mm³ that receives at least `dose` Gy, linear within a bin. */
function volumeAtDose({ min, width, cumulative }: Histogram, dose: number): number {
  const at = (dose - min) / width;
  if (at <= 0) return cumulative[0] ?? 0;
  const bin = Math.floor(at);
  const here = cumulative[bin] ?? 0;
  return here + ((cumulative[bin + 1] ?? 0) - here) * (at - bin);
}

/** What a histogram is of: the lowest and the highest dose in Gy, and all of its volume. */
export type DoseReach = { min: number; max: number; covered: Cc };

/**
 * The volume that receives at least `dose` Gy: all of it up to the lowest dose, nothing above the highest. A bin would
 * tell otherwise at both: much of a body often receives just its lowest dose (0 Gy far from the beams), and that step is
 * spread over a bin.
 */
export function volumeReceiving(histogram: Histogram, { min, max, covered }: DoseReach, dose: number): Cc {
  if (dose <= min) return covered;
  return dose > max ? cc(0) : ccFromMm3(volumeAtDose(histogram, dose));
}

export type DvhCurve = { dose: Gy[]; volume: Cc[] };

/** The cumulative curve in about 500 steps of a round dose, from 0 to the first that nothing reaches. */
export function curveOf(histogram: Histogram, reach: DoseReach): DvhCurve {
  const { max } = reach;
  const rough = max / CURVE_POINTS;
  const power = 10 ** Math.floor(Math.log10(rough || 1e-3));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const dose: Gy[] = [];
  const volume: Cc[] = [];
  for (let index = 0; index === 0 || (dose.at(-1) ?? 0) <= max; index += 1) {
    const at = Number((index * step).toPrecision(12));
    dose.push(gy(at));
    volume.push(volumeReceiving(histogram, reach, at));
  }
  return { dose, volume };
}
