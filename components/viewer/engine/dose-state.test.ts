import { describe, expect, test } from 'vitest';
import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import type { RtPlan } from '@/lib/dicom/rtplan.ts';
import { doseStateSchema } from '@/lib/live/view-state.ts';
import {
  firstDoseState,
  inUnit,
  isOn,
  levelsAgain,
  levelsInGy,
  ofDoses,
  prescriptionOf,
  withLevel,
} from './dose-state.ts';

const dose = (uid: string, planUids: string[], summationType = 'PLAN'): DoseHeader => ({
  studyUid: '1.2',
  seriesUid: '1.2',
  sopInstanceUid: uid,
  frameOfReferenceUid: '1.2',
  description: '',
  units: 'GY',
  doseType: 'PHYSICAL',
  summationType,
  planUids,
  fractionGroups: [],
  beams: [],
  frames: 2,
  bitsAllocated: 32,
});
const plan = (sopInstanceUid: string, ...doses: (number | null)[]) =>
  ({
    sopInstanceUid,
    prescriptions: doses.map((doseGy) => ({ doseGy })),
  }) as unknown as RtPlan;

describe('what 100 % stands for', () => {
  const plans = [plan('1.1', 50, 60), plan('1.3', 10), plan('1.4', null)];
  test.each<[string, DoseHeader[], number | null]>([
    ['the highest prescription of the plan', [dose('1', ['1.1'])], 60],
    ['of two plans, both', [dose('1', ['1.1']), dose('2', ['1.3'])], 70],
    ['of two parts of a plan, the plan’s', [dose('1', ['1.3'], 'BEAM'), dose('2', ['1.3'], 'BEAM')], 10],
    ['of a plan that prescribes nothing, nothing', [dose('1', ['1.4'])], null],
    ['of a plan that is not here, nothing', [dose('1', ['1.9'])], null],
    ['of no plan, nothing', [dose('1', [])], null],
    ['of one session, nothing', [dose('1', ['1.1'], 'FRACTION_SESSION')], null],
  ])('%s', (_, doses, expected) => {
    expect(prescriptionOf(doses, plans)).toBe(expected);
  });
});

test('shown first in percent where something is prescribed, else in Gy', () => {
  const first = firstDoseState([dose('1.5', ['1.3'])], [plan('1.3', 10)], 10.8);
  expect(doseStateSchema.parse(first)).toMatchObject({ unit: 'percent', referenceGy: 10, mode: 'lines' });
  expect(levelsInGy(first)[0]?.gy).toBeCloseTo(10.7, 9);
  const unplanned = firstDoseState([dose('1.5', [])], [], 31);
  expect(doseStateSchema.parse(unplanned)).toMatchObject({ unit: 'Gy', referenceGy: null });
  expect(levelsInGy(unplanned)[0]?.gy).toBe(30);
});

test('told in the other unit they are the same isodoses', () => {
  const percent = firstDoseState([dose('1.5', ['1.3'])], [plan('1.3', 12)], 12);
  const gy = inUnit(percent, 'Gy');
  const doses = (state: typeof gy) => levelsInGy(state).map((one) => one.gy.toFixed(6));
  expect(gy.unit).toBe('Gy');
  expect(doses(gy)).toEqual(doses(percent));
  expect(doses(inUnit(gy, 'percent'))).toEqual(doses(percent));
  const unplanned = firstDoseState([dose('1.5', [])], [], 31);
  expect(inUnit(unplanned, 'percent')).toBe(unplanned);
});

test('a level goes to its place; one that is there, or is none, changes nothing', () => {
  const first = firstDoseState([dose('1.5', ['1.3'])], [plan('1.3', 10)], 10.8);
  expect(
    withLevel(first, 98)
      .levels.map((one) => one.value)
      .slice(0, 5),
  ).toEqual([107, 105, 100, 98, 95]);
  for (const value of [95, 0, -3, Number.NaN]) expect(withLevel(first, value)).toBe(first);
});

test('switched off is a dose without levels; nothing said is not switched off', () => {
  const first = firstDoseState([dose('1.5', ['1.3'])], [plan('1.3', 10)], 10.8);
  expect([isOn(first), isOn({ ...first, levels: [] }), isOn(null)]).toEqual([true, false, false]);
});

describe('another dose', () => {
  const plans = [plan('1.60', 60), plan('1.50', 50)];
  const [a, other, unplanned] = [dose('A', ['1.60']), dose('C', ['1.50']), dose('B', ['1.9'])];
  const ofA = firstDoseState([a], plans, 63);
  const doses = (state: typeof ofA) => levelsInGy(state).map((one) => one.gy.toFixed(6));

  test('is told by its own prescription', () => {
    const next = ofDoses(ofA, { before: [a], next: [other] }, plans);
    expect(next).toEqual({ ...ofA, doseUids: ['C'], referenceGy: 50 });
  });

  test('without a prescription is told in Gy, never in percent of the other one’s', () => {
    const next = ofDoses(ofA, { before: [a], next: [unplanned] }, plans);
    expect(next).toMatchObject({ doseUids: ['B'], unit: 'Gy', referenceGy: null });
    expect(doses(next)).toEqual(doses(ofA));
    expect(next.levels[0]?.value).toBeCloseTo(64.2, 9);
    const inGy = ofDoses(inUnit(ofA, 'Gy'), { before: [a], next: [unplanned] }, plans);
    expect(inGy).toEqual(next);
    expect(ofDoses(ofA, { before: [a], next: [a, unplanned] }, plans)).toMatchObject({ referenceGy: null });
  });

  test('keeps what the reader entered', () => {
    const entered = { ...ofA, referenceGy: 54 };
    const next = ofDoses(entered, { before: [a], next: [unplanned] }, plans);
    expect(next).toEqual({ ...entered, doseUids: ['B'] });
    // Entered for a dose that has none of its own, it is for the next such, too.
    const again = ofDoses(next, { before: [unplanned], next: [dose('D', [])] }, plans);
    expect(again).toMatchObject({ doseUids: ['D'], unit: 'percent', referenceGy: 54 });
  });

  test('switched on again after it was changed has the isodoses that were put away', () => {
    const off = { ...ofDoses({ ...ofA, levels: [] }, { before: [a], next: [unplanned] }, plans) };
    expect(off).toMatchObject({ unit: 'Gy', levels: [] });
    expect(doses({ ...off, levels: levelsAgain(ofA, off.unit) })).toEqual(doses(ofA));
    expect(levelsAgain({ ...off, levels: ofA.levels }, 'percent')).toEqual([]);
    expect(levelsAgain(null, 'Gy')).toEqual([]);
  });
});
