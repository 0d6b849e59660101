import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import { prescribedGy, type RtPlan } from '@/lib/dicom/rtplan.ts';
import type { DoseState, IsodoseLevel } from '@/lib/live/view-state.ts';
import { gyLevels, levelGy, percentLevels } from '@/lib/rt/isodose-levels.ts';

/**
 * What a dose is shown like until somebody changes it: as lines, in percent of what its plans prescribe, else in Gy.
 * @param maxGy the highest dose of the grid
 */
export function firstDoseState(
  doses: readonly DoseHeader[],
  plans: readonly RtPlan[],
  maxGy: number,
): DoseState {
  const referenceGy = prescriptionOf(doses, plans);
  const unit = referenceGy === null ? 'Gy' : 'percent';
  return {
    doseUids: doses.map((one) => one.sopInstanceUid),
    mode: 'lines',
    unit,
    referenceGy,
    levels: unit === 'Gy' ? gyLevels(maxGy) : percentLevels(),
    opacity: 0.5,
  };
}

/**
 * What is prescribed by all plans that the doses belong to, in Gy; null where one of them is not attached or prescribes
 * nothing. A session is a part of a course that no prescription tells.
 */
export function prescriptionOf(doses: readonly DoseHeader[], plans: readonly RtPlan[]): number | null {
  if (doses.some((one) => one.summationType.endsWith('_SESSION') || one.planUids.length === 0)) return null;
  const uids = [...new Set(doses.flatMap((one) => one.planUids))];
  let sum = 0;
  for (const uid of uids) {
    const plan = plans.find((one) => one.sopInstanceUid === uid);
    const prescribed = plan ? prescribedGy(plan) : null;
    if (prescribed === null) return null;
    sum += prescribed;
  }
  return sum > 0 ? sum : null;
}

/** The levels with their doses in Gy; those that are percent of nothing are left out. */
export function levelsInGy(dose: DoseState): { level: IsodoseLevel; gy: number }[] {
  return dose.levels.flatMap((level) => {
    const gy = levelGy(level.value, dose);
    return gy === null ? [] : [{ level, gy }];
  });
}

/** The same isodoses told in the other unit; without a reference they stay as they are. */
export function inUnit(dose: DoseState, unit: DoseState['unit']): DoseState {
  const { referenceGy } = dose;
  if (unit === dose.unit || referenceGy === null) return dose;
  const factor = unit === 'Gy' ? referenceGy / 100 : 100 / referenceGy;
  const levels = dose.levels.map((one) => ({ ...one, value: tidy(one.value * factor) }));
  return { ...dose, unit, levels };
}

/**
 * Another dose, drawn in the same way and told by its own prescription. One that has none is told in Gy, the same
 * isodoses: percent of another plan's prescription would say something that nobody prescribed. What a reader entered by
 * hand stays.
 */
export function ofDoses(
  dose: DoseState,
  { before, next }: { before: readonly DoseHeader[]; next: readonly DoseHeader[] },
  plans: readonly RtPlan[],
): DoseState {
  const doseUids = next.map((one) => one.sopInstanceUid);
  const own = prescriptionOf(next, plans);
  if (own !== null) return { ...dose, doseUids, referenceGy: own };
  const entered = dose.referenceGy !== null && dose.referenceGy !== prescriptionOf(before, plans);
  return entered ? { ...dose, doseUids } : { ...inUnit(dose, 'Gy'), doseUids, referenceGy: null };
}

/** Levels that were put away, in the unit that is shown now; none where they cannot be told in it. */
export function levelsAgain(kept: DoseState | null, unit: DoseState['unit']): IsodoseLevel[] {
  const told = kept && inUnit(kept, unit);
  return told?.unit === unit ? told.levels : [];
}

/** With one more level, in its place from the highest down; the same value twice is one. */
export function withLevel(dose: DoseState, value: number): DoseState {
  if (!(value > 0) || dose.levels.length >= 20 || dose.levels.some((one) => one.value === value)) return dose;
  const near = [...dose.levels].sort((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value))[0];
  const level = { value: tidy(value), colour: near?.colour ?? '#ffffff', visible: true };
  return { ...dose, levels: [...dose.levels, level].sort((a, b) => b.value - a.value) };
}

/** Switched off it has no levels: none are drawn, and nothing is washed. */
export const isOn = (dose: DoseState | null): dose is DoseState => dose !== null && dose.levels.length > 0;

const tidy = (value: number): number => Number(value.toPrecision(5));
