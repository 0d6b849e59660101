import type { SuvKind } from '../dicom/suv-kinds.ts';
import type { SuvFactors } from './suv.ts';
import { type SuvTag, suvTags } from './suv-tags.ts';

/** How each is written beside a number. By body weight is what people mean by SUV alone. */
export const suvUnits: Record<SuvKind, string> = {
  bw: 'SUV',
  lbm: 'SUV lbm',
  lbm_janma: 'SUV lbm Janma',
  bsa: 'SUV bsa',
};

/** SUV by body weight -> SUV of a kind; or which tags are missing for it. */
export type SuvScale = { known: true; scale: number } | { known: false; tags: readonly SuvTag[] };

const missingTags = { weight: suvTags.weight, height: suvTags.size, sex: suvTags.sex } as const;

/** All attributes for whose sake one or the other normalisation is unknown; each once. */
export const tagsAtFault = ({ bodyWeight, missing }: SuvFactors): SuvTag[] => [
  ...new Set([...(bodyWeight.known ? [] : bodyWeight.tags), ...missing.map((one) => missingTags[one])]),
];

/** Lean body mass is James's with 128 for men, as the study data of TCIA and most scanners have it. */
function factorOf(factors: SuvFactors, kind: SuvKind): number | null {
  switch (kind) {
    case 'bw':
      return factors.bodyWeight.known ? factors.bodyWeight.factor : null;
    case 'lbm':
      return factors.lbmJames128 ?? (factors.bodyWeight.known ? null : factors.lbmJames120);
    case 'lbm_janma':
      return factors.lbmJanma;
    case 'bsa':
      return factors.bsa;
  }
}

/**
 * What a displayed PET value is multiplied by to be SUV of a kind. Displayed values are by body weight where that is
 * known, else what the file holds: a file that is stored as SUV of another kind gives that kind only.
 */
export function suvScale(factors: SuvFactors, kind: SuvKind): SuvScale {
  const factor = factorOf(factors, kind);
  if (factor !== null)
    return { known: true, scale: factors.bodyWeight.known ? factor / factors.bodyWeight.factor : factor };
  if (!factors.bodyWeight.known) return { known: false, tags: factors.bodyWeight.tags };
  const wanted = factors.missing.filter((one) => kind !== 'bsa' || one !== 'sex');
  return { known: false, tags: wanted.map((one) => missingTags[one]) };
}
