import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import type { RtPlan } from '@/lib/dicom/rtplan.ts';
import type { DoseComparison } from '@/lib/live/view-state.ts';
import { sumsOfParts } from '@/lib/rt/dose-sum-rules.ts';
import { prescriptionOf } from './dose-state.ts';

const SPAN_GY = 5;

/** What can be compared: plans whose dose came in parts as their sums, then each dose by itself. */
export const dosesToCompare = (doses: readonly DoseHeader[]): DoseHeader[][] => {
  const shown = doses.filter((one) => one.units === 'GY' && one.doseType !== 'ERROR');
  return [...sumsOfParts(shown), ...shown.map((one) => [one])];
};

export const uidsOf = (doses: readonly DoseHeader[]): string[] => doses.map((one) => one.sopInstanceUid);

/** One side of a comparison, with the prescription that its plans say. */
export const comparedDose = (
  doses: readonly DoseHeader[],
  plans: readonly RtPlan[],
): DoseComparison['a'] => ({ doseUids: uidsOf(doses), referenceGy: prescriptionOf(doses, plans) });

/**
 * What is compared at first: the dose that is shown with the first other one, another plan's before a part of its own;
 * null where there are no two. Colours are full at a tenth of the prescription.
 */
export function firstComparison(
  doses: readonly DoseHeader[],
  plans: readonly RtPlan[],
  shownUids: readonly string[],
): DoseComparison | null {
  const choices = dosesToCompare(doses);
  const a = choices.find((one) => uidsOf(one).join() === shownUids.join()) ?? choices[0];
  const others = choices.filter((one) => one !== a);
  const plansOf = (of: readonly DoseHeader[]) => of.flatMap((one) => one.planUids);
  const b = others.find((one) => a && !plansOf(one).some((uid) => plansOf(a).includes(uid))) ?? others[0];
  if (!a || !b) return null;
  const first = comparedDose(a, plans);
  const spanGy = first.referenceGy ? Number((first.referenceGy / 10).toPrecision(2)) : SPAN_GY;
  return { a: first, b: comparedDose(b, plans), show: 'difference', spanGy };
}

/** The same comparison the other way round: what was above zero is below. */
export const swapped = (comparison: DoseComparison): DoseComparison => ({
  ...comparison,
  a: comparison.b,
  b: comparison.a,
});
