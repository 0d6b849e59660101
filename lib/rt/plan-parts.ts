import type { DoseHeader } from '../dicom/rtdose-header.ts';
import type { RtPlan } from '../dicom/rtplan.ts';
import { extentOf } from './dose-sum-rules.ts';

/** A beam, or a fraction group (`beam` null), of a plan. */
export type PlanPart = { group: number | null; beam: number | null; name: string };

/** Beam deliveries that give no dose to the target (Treatment Delivery Type, PS3.3 C.8.8.14): they have none to miss. */
const NO_TREATMENT = new Set(['SETUP', 'OPEN_PORTFILM', 'TRMT_PORTFILM']);

/**
 * Which parts of their plan doses that are added up leave out: the sum is then no plan's dose, and the reader is told.
 * None where the doses are no parts, or do not say which.
 */
export function partsNotThere(doses: readonly DoseHeader[], plan: RtPlan): PlanPart[] {
  const own = doses.filter((one) => one.planUids.includes(plan.sopInstanceUid));
  const holds = (numbers: readonly number[], number: number | null): boolean =>
    number !== null && numbers.includes(number);
  const inGroup = (dose: DoseHeader, group: number | null): boolean =>
    dose.fractionGroups.length === 0 || holds(dose.fractionGroups, group);
  if (own.length === 0) return [];
  if (own.every((one) => extentOf(one) === 'group' && one.fractionGroups.length > 0))
    return plan.fractionGroups
      .filter(({ number }) => !own.some((dose) => holds(dose.fractionGroups, number)))
      .map(({ number }) => ({ group: number, beam: null, name: '' }));
  if (!own.every((one) => extentOf(one) === 'beam' && one.beams.length > 0)) return [];
  return plan.fractionGroups.flatMap(({ number: group, beams }) =>
    beams
      .map(({ beamNumber }) => ({ beamNumber, beam: plan.beams.find((one) => one.number === beamNumber) }))
      .filter(({ beam }) => !NO_TREATMENT.has(beam?.delivery ?? ''))
      .filter(({ beamNumber }) => !own.some((dose) => inGroup(dose, group) && holds(dose.beams, beamNumber)))
      .map(({ beamNumber, beam }) => ({ group, beam: beamNumber, name: beam?.name ?? '' })),
  );
}
