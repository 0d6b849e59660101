import type { Dvh } from './dvh.ts';
import { volumeReceiving } from './dvh-histogram.ts';
import type { Cc } from './units.ts';

/** Vx in cc: the volume on the grid that receives at least that dose. */
export function volumeAt({ covered, dose }: Dvh, doseGy: number): Cc | null {
  return dose && volumeReceiving(dose.histogram, { min: dose.min, max: dose.max, covered }, doseGy);
}

/** Homogeneity (ICRU 83, 3.7.1.3): (D2 − D98) / D50; 0 is perfect. */
export function homogeneity({ dose }: Dvh): number | null {
  return dose && dose.d50 > 0 ? (dose.d2 - dose.d98) / dose.d50 : null;
}

export type Conformity = {
  /** TV_PIV² / (TV · PIV) (Paddick, J Neurosurg 2000); 1 is perfect. */
  paddick: number;
  /** PIV / TV (RTOG, Shaw et al. 1993); 1 is perfect, below it the target is not covered. */
  rtog: number;
};

/**
 * How closely an isodose fits a target. Null where the target is not wholly on the grid, or nothing receives the dose.
 * @param everywhere what the whole dose grid receives (`gridDvh`)
 */
export function conformity(target: Dvh, everywhere: Dvh, doseGy: number): Conformity | null {
  if (!target.dose || target.outside > target.volume * 1e-6) return null;
  const piv = volumeAt(everywhere, doseGy);
  const both = volumeAt(target, doseGy);
  const { volume } = target;
  if (both === null || piv === null || !(piv > 0) || !(volume > 0)) return null;
  return { paddick: both ** 2 / (volume * piv), rtog: piv / volume };
}

/** Points of a curve: dose in Gy and volume in cc, or cc per Gy. */
export type CurvePoint = { gy: number; volume: number };

/** The cumulative curve in even steps from 0 to `toGy`. */
export function cumulativeCurve(dvh: Dvh, toGy: number, steps: number): CurvePoint[] {
  return Array.from({ length: steps + 1 }, (_, step) => {
    const doseGy = (toGy * step) / steps;
    return { gy: doseGy, volume: volumeAt(dvh, doseGy) ?? 0 };
  });
}

/** The differential curve in cc per Gy, each point the mean over its step, from 0 to `toGy`. */
export function differentialCurve(dvh: Dvh, toGy: number, steps: number): CurvePoint[] {
  const width = toGy / steps;
  const above = cumulativeCurve(dvh, toGy, steps);
  return above.slice(1).map(({ volume }, step) => ({
    gy: (step + 0.5) * width,
    volume: ((above[step]?.volume ?? 0) - volume) / width,
  }));
}
