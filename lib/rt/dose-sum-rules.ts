import type { DoseHeader } from '../dicom/rtdose-header.ts';

export type SumRefusal =
  | 'frame_of_reference_differs'
  | 'dose_type_differs'
  | 'whole_and_part'
  | 'session_and_course'
  | 'recorded_and_planned'
  | 'kind_unknown'
  | 'twice';

/** How much of a treatment a dose is (Dose Summation Type, PS3.3 C.8.8.3): several plans, one, or a part of one. */
type Extent = 'plans' | 'plan' | 'group' | 'beam' | 'other';

const EXTENTS: Readonly<Record<string, Extent>> = {
  MULTI_PLAN: 'plans',
  PLAN_OVERVIEW: 'plans',
  PLAN: 'plan',
  FRACTION: 'group',
  FRACTION_SESSION: 'group',
  BEAM: 'beam',
  BEAM_SESSION: 'beam',
  BRACHY: 'beam',
  BRACHY_SESSION: 'beam',
};

export const extentOf = (dose: DoseHeader): Extent => EXTENTS[dose.summationType] ?? 'other';
const isSession = (dose: DoseHeader): boolean => dose.summationType.endsWith('_SESSION');
const isRecord = (dose: DoseHeader): boolean => dose.summationType === 'RECORD';
const planOf = (dose: DoseHeader): string => [...dose.planUids].sort().join();

/**
 * Why doses must not be added up, or null where their sum means something: other plans, or other parts of one plan. A
 * plan's dose holds that of its parts, so the two are never added.
 */
export function whyNoSum(doses: readonly DoseHeader[]): SumRefusal | null {
  const [first] = doses;
  if (!first || doses.length < 2) return null;
  const differs = <T>(of: (dose: DoseHeader) => T): boolean => doses.some((one) => of(one) !== of(first));
  if (differs((dose) => dose.frameOfReferenceUid)) return 'frame_of_reference_differs';
  if (differs((dose) => dose.doseType)) return 'dose_type_differs';
  if (differs(isRecord)) return 'recorded_and_planned';
  if (differs(isSession)) return 'session_and_course';
  if (new Set(doses.map((one) => one.sopInstanceUid)).size < doses.length) return 'twice';
  for (const [index, a] of doses.entries())
    for (const b of doses.slice(index + 1)) {
      const reason = whyNotBoth(a, b);
      if (reason) return reason;
    }
  return null;
}

function whyNotBoth(a: DoseHeader, b: DoseHeader): SumRefusal | null {
  const [extentA, extentB] = [extentOf(a), extentOf(b)];
  if (extentA === 'other' || extentB === 'other') return 'kind_unknown';
  // Several plans in one dose: any plan's may be among them unless both say which.
  const shared = a.planUids.some((uid) => b.planUids.includes(uid));
  const several = extentA === 'plans' || extentB === 'plans';
  if (several) return shared || a.planUids.length === 0 || b.planUids.length === 0 ? 'whole_and_part' : null;
  if (planOf(a) !== planOf(b)) return null;
  if (extentA !== extentB) return 'whole_and_part';
  if (extentA === 'plan') return a.planUids.length > 0 ? 'twice' : null;
  const numbers = (dose: DoseHeader): string[] =>
    extentA === 'group'
      ? dose.fractionGroups.map(String)
      : dose.beams.map((beam) => `${dose.fractionGroups.join()}/${beam}`);
  const theirs = new Set(numbers(b));
  return numbers(a).some((one) => theirs.has(one)) ? 'twice' : null;
}

/**
 * The doses to show until somebody chooses: of those on the images' frame of reference, a whole plan's before parts;
 * of parts, all of the first one's plan that may be added up.
 */
export function firstDoses(doses: readonly DoseHeader[], frames: ReadonlySet<string>): DoseHeader[] {
  const shown = doses.filter((one) => one.units === 'GY' && one.doseType !== 'ERROR');
  const fitting = shown.filter((one) => frames.has(one.frameOfReferenceUid));
  const from = fitting.length > 0 ? fitting : shown;
  const whole = from.find((one) => extentOf(one) === 'plan') ?? from.find((one) => extentOf(one) === 'plans');
  if (whole) return [whole];
  const [first] = from;
  return first ? partsWith(first, from) : [];
}

/** A part of a plan and all others of the same plan that may be added to it. */
function partsWith(first: DoseHeader, doses: readonly DoseHeader[]): DoseHeader[] {
  const parts: DoseHeader[] = [first];
  for (const one of doses)
    if (planOf(one) === planOf(first) && planOf(first) !== '' && whyNoSum([...parts, one]) === null)
      parts.push(one);
  return parts;
}

/** Of each plan whose dose came in parts only, the parts that make it up: two or more. */
export function sumsOfParts(doses: readonly DoseHeader[]): DoseHeader[][] {
  const plans = new Set(doses.map(planOf));
  return [...plans].flatMap((plan) => {
    const own = doses.filter((one) => planOf(one) === plan);
    if (own.some((one) => ['plan', 'plans'].includes(extentOf(one)))) return [];
    const [first] = own;
    const parts = first ? partsWith(first, own) : [];
    return parts.length > 1 ? [parts] : [];
  });
}
