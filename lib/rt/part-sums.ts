import type { DoseGrid } from '../dicom/rtdose.ts';
import type { DoseHeader } from '../dicom/rtdose-header.ts';
import { type DoseSum, sumDoses } from './dose-sum.ts';
import { sumsOfParts } from './dose-sum-rules.ts';

/** The dose of a plan that came in parts. */
export type PartSum = DoseSum & { parts: DoseHeader[] };

/** The sums of all plans whose dose came as beams or fraction groups only, as the viewer shows them at first. */
export function partSums(headers: readonly DoseHeader[], grids: readonly DoseGrid[]): PartSum[] {
  const gridOf = new Map(headers.map((header, index) => [header, grids[index]]));
  return sumsOfParts(headers).map((parts) => ({
    parts,
    ...sumDoses(parts.flatMap((part) => gridOf.get(part) ?? [])),
  }));
}
