import { expect, test } from 'vitest';
import { IDENTITY, type Rigid } from '@/lib/dicom/rigid.ts';
import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import { doseSampler } from '@/lib/rt/dose-at.ts';
import { doseOf } from '@/lib/rt/shapes.fixture.ts';
import type { ShownDose } from '../data/doses.ts';
import { DosePair } from './dose-pair.ts';

const SHIFT: Rigid = { ...IDENTITY, translation: [10, 0, 0] };

function dose(uid: string, header: Partial<DoseHeader> = {}, grid: Partial<DoseGrid> = {}): ShownDose {
  const doses = [
    { sopInstanceUid: uid, doseType: 'PHYSICAL', summationType: 'PLAN', ...header } as DoseHeader,
  ];
  return { known: true, resampled: false, doses, grid: { ...doseOf((x) => 40 + x), ...grid } };
}

function pairOf(b: ShownDose, transform: (from: string | null, to: string | null) => Rigid | null) {
  const of: Record<string, ShownDose> = { a: dose('a'), b };
  const pair = new DosePair({
    shown: ([uid = '']) => of[uid] ?? { known: false, reason: 'not_attached' },
    spaces: { transform, nameBetween: () => 'REG 1' },
  });
  const asked = { a: { doseUids: ['a'], referenceGy: null }, b: { doseUids: ['b'], referenceGy: null } };
  return { found: pair.of(asked), again: pair.of(asked) };
}
const oneFrame = (from: string | null, to: string | null) => (from === to ? IDENTITY : null);

test('two doses of one frame of reference are held against each other as they are, and made once', () => {
  const { found, again } = pairOf(dose('b'), oneFrame);
  expect(found).toMatchObject({ known: true, registration: null });
  expect(again).toBe(found);
});

test('another frame of reference: brought by a registration, which is named; without one refused', () => {
  const b = dose('b', {}, { frameOfReferenceUid: '2.25.9' });
  const { found } = pairOf(b, () => SHIFT);
  expect(found.known && found.registration).toBe('REG 1');
  expect(found.known && doseSampler(found.b)(15, 0, 0)).toBeCloseTo(45, 4);
  expect(pairOf(b, oneFrame).found).toEqual({ known: false, side: null, reason: 'other_frames' });
});

test.each([
  ['physical and weighted', dose('b', { doseType: 'EFFECTIVE' }), { side: null, reason: 'types_differ' }],
  [
    'a session and a course',
    dose('b', { summationType: 'FRACTION_SESSION' }),
    { side: null, reason: 'session_and_course' },
  ],
  [
    'one that is not attached',
    { known: false, reason: 'not_attached' } as ShownDose,
    { side: 'b', reason: 'not_attached' },
  ],
])('%s: refused, and it is said why', (_, b, expected) => {
  expect(pairOf(b, oneFrame).found).toEqual({ known: false, ...expected });
});
