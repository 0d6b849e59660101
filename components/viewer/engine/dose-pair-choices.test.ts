import { expect, test } from 'vitest';
import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import type { RtPlan } from '@/lib/dicom/rtplan.ts';
import { dosesToCompare, firstComparison, swapped, uidsOf } from './dose-pair-choices.ts';

const dose = (uid: string, plan: string, change: Partial<DoseHeader> = {}) =>
  ({
    sopInstanceUid: uid,
    units: 'GY',
    doseType: 'PHYSICAL',
    summationType: 'PLAN',
    planUids: [plan],
    fractionGroups: [],
    beams: [],
    frameOfReferenceUid: '1',
    ...change,
  }) as unknown as DoseHeader;
const beam = (uid: string, number: number) => dose(uid, 'p2', { summationType: 'BEAM', beams: [number] });
const plan = (uid: string, doseGy: number) =>
  ({ sopInstanceUid: uid, prescriptions: [{ doseGy }], fractionGroups: [], beams: [] }) as unknown as RtPlan;

test('a plan that came beam by beam is compared as the sum of its beams; relative doses are not', () => {
  const doses = [dose('a', 'p1'), beam('b', 1), beam('c', 2), dose('r', 'p3', { units: 'RELATIVE' })];
  expect(dosesToCompare(doses).map((one) => uidsOf(one).join())).toEqual(['b,c', 'a', 'b', 'c']);
});

test('first the dose that is shown against another plan’s, each with its own prescription', () => {
  const doses = [dose('a', 'p1'), beam('b', 1), beam('c', 2)];
  const first = firstComparison(doses, [plan('p1', 60), plan('p2', 50)], ['a']);
  expect(first).toEqual({
    a: { doseUids: ['a'], referenceGy: 60 },
    b: { doseUids: ['b', 'c'], referenceGy: 50 },
    show: 'difference',
    spanGy: 6,
  });
  expect(first && swapped(first).a.doseUids).toEqual(['b', 'c']);
  expect(firstComparison([dose('a', 'p1')], [], ['a'])).toBeNull();
});
