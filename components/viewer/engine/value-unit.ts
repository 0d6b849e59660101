import type { SuvKind } from '@/lib/dicom/suv-kinds.ts';
import { suvScale, suvUnits } from '@/lib/rt/suv-kinds.ts';
import type { SuvTag } from '@/lib/rt/suv-tags.ts';
import type { Stack } from '../data/stack.ts';
import { ctUnit, petUnit } from './header-unit.ts';

/** How the values of a series are called, and made from what its volume holds (the displayed unit). */
export type ValueUnit = {
  /** HU, SUV of some kind, Bq/ml, the file's own word for it, or '' for stored units. */
  unit: string;
  /** Displayed value -> value in `unit`. */
  scale: number;
  /** Which tags stand in the way of the SUV that was asked for; null when it is what `unit` says. */
  missing: readonly SuvTag[] | null;
};

const plain = (unit: string): ValueUnit => ({ unit, scale: 1, missing: null });

/**
 * The unit that figures of a series are told in. A PET's SUV of the kind that is asked for; without what that kind
 * needs, SUV by body weight; without that, activity in Bq/ml, or what the file calls its values.
 */
export function valueUnit(
  stack: Pick<Stack, 'Modality' | 'header' | 'suvFactors'>,
  kind: SuvKind,
): ValueUnit {
  if (stack.Modality === 'CT') return plain(ctUnit(stack.header));
  const { suvFactors: factors } = stack;
  if (stack.Modality !== 'PT' || !factors) return plain('');
  const wanted = suvScale(factors, kind);
  if (wanted.known) return { unit: suvUnits[kind], scale: wanted.scale, missing: null };
  if (factors.bodyWeight.known) return { unit: suvUnits.bw, scale: 1, missing: wanted.tags };
  // Volumes hold activity already.
  return { unit: petUnit(stack.header).unit, scale: 1, missing: factors.bodyWeight.tags };
}
