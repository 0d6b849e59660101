import { expect, test } from 'vitest';
import type { ImagePlane } from '@/lib/dicom/image-plane.ts';
import type { StackImage } from '../data/stack.ts';
import { type Pairable, petPair } from './pet-pair.ts';

type Options = { study?: string; frame?: string; date?: string; time?: string; count?: number };
type Named = Pairable & { name: string };

const is = (Value: string) => ({ vr: 'LO', Value: [Value] });
function series(name: string, Modality: string, options: Options, more: Partial<Pairable> = {}): Named {
  const { study = '2.25.1', frame = 'petct', date = '20260110', time = '', count = 250 } = options;
  return {
    ...{ name, Modality, StudyInstanceUID: study, suv: null, warnings: [], colour: false },
    images: Array.from({ length: count }, () => ({}) as StackImage),
    header: { '00080020': is(date), '00080030': is(time) },
    planes: [{ frameOfReferenceUid: frame } as ImagePlane],
    ...more,
  };
}
/** Whatever the order in which series come. */
const pair = (...stacks: Named[]) => {
  const found = [stacks, [...stacks].reverse()].map((some) => petPair(some));
  const [one, other] = found.map((each) => each && [each.base.name, each.pet.name]);
  expect(one).toEqual(other);
  return one;
};

const pet = series('pet', 'PT', {});
const ct = series('ct', 'CT', {});
const known = { known: true } as Pairable['suv'];

test.each([
  ['a planning CT of another study', series('b', 'CT', { study: '2.25.9', frame: 'plan', count: 400 })],
  ['a breath-hold CT of the same study', series('b', 'CT', { frame: 'breath-hold', count: 400 })],
  ['a scout in its own space', series('b', 'CT', { count: 2 })],
  ['an MR in its own space', series('b', 'MR', { count: 400 })],
  [
    'a CT of its space that makes no volume',
    series('b', 'CT', { count: 400 }, { warnings: ['repeated_position'] }),
  ],
])('a PET lies over the CT of its own space, not over %s', (_name, other) => {
  expect(pair(pet, ct, other)).toEqual(['ct', 'pet']);
});

test('the latest PET is shown, with the CT of its day', () => {
  const before = (name: string, modality: string) =>
    series(name, modality, { study: '2.25.9', frame: 'baseline', date: '20250101', count: 400 });
  expect(pair(before('old ct', 'CT'), before('old pet', 'PT'), pet, ct)).toEqual(['ct', 'pet']);
});

test('of two PET studies of one day the later one is shown', () => {
  const first = series('first', 'PT', { study: '2.25.2', time: '080000' });
  const second = series('second', 'PT', { study: '2.25.3', time: '140000' });
  expect(pair(first, second, ct)).toEqual(['ct', 'second']);
});

test('of the PETs of one study the long one is shown, then the corrected one, whose SUV is known', () => {
  const corrected = series('corrected', 'PT', { count: 200 }, { suv: known });
  const few = series('few', 'PT', { count: 8 }, { suv: known });
  expect(pair(few, pet, ct)).toEqual(['ct', 'pet']);
  expect(pair(few, pet, corrected, ct)).toEqual(['ct', 'corrected']);
});

test('without a CT in its space a PET lies over the MR there, then over a CT of its study, then over the longest', () => {
  const mr = series('mr', 'MR', {});
  const beside = series('beside', 'CT', { frame: 'other' });
  const away = series('away', 'CT', { study: '2.25.9', frame: 'away', count: 90 });
  const long = series('long', 'CT', { study: '2.25.8', frame: 'long', count: 120 });
  expect(pair(pet, mr)).toEqual(['mr', 'pet']);
  expect(pair(pet, mr, beside, long)).toEqual(['mr', 'pet']);
  expect(pair(pet, beside, away, long)).toEqual(['beside', 'pet']);
  expect(pair(pet, away, long)).toEqual(['long', 'pet']);
});

test('a PET without frame of reference shares none with anybody', () => {
  const unplaced = { planes: [null] };
  const lost = series('lost', 'PT', {}, unplaced);
  const other = series('other', 'CT', { study: '2.25.9', count: 400 }, unplaced);
  expect(pair(lost, other, ct)).toEqual(['ct', 'lost']);
});

test('no pair: a PET alone, one of few images, or an MR of another space and study', () => {
  expect(pair(pet)).toBeNull();
  expect(pair(ct)).toBeNull();
  expect(pair(series('few', 'PT', { count: 5 }), ct)).toBeNull();
  expect(pair(pet, series('head', 'MR', { study: '2.25.9', frame: 'head' }))).toBeNull();
});
