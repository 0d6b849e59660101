import { expect, test } from 'vitest';
import type { ImagePlane, Mm3 } from '@/lib/dicom/image-plane.ts';
import type { StackImage } from '../data/stack.ts';
import { type Comparable, currentAndPrior } from './priors.ts';

type Options = { date: string; time?: string; body?: string; count?: number; normal?: Mm3 };
type Named = Comparable & { name: string };

const is = (Value: string) => ({ vr: 'LO', Value: [Value] });
function series(name: string, Modality: string, options: Options): Named {
  const { date, time = '', body = '', count = 60, normal = [0, 0, 1] } = options;
  return {
    ...{ name, Modality, StudyInstanceUID: `${date} ${time}` },
    images: Array.from({ length: count }, () => ({}) as StackImage),
    header: {
      '00080020': is(date),
      '00080030': is(time),
      ...(body && { '00180015': is(body) }),
    },
    planes: [{ normal } as ImagePlane],
  };
}
const pair = (...stacks: Named[]) => {
  const found = currentAndPrior(stacks);
  return found && [found.current.name, found.prior.name];
};

const now = series('now', 'CT', { date: '20261116', body: 'CHEST' });

test('the latest study is compared with the one before it', () => {
  const before = series('before', 'CT', { date: '20260302', body: 'CHEST' });
  const long = series('long ago', 'CT', { date: '20240302', body: 'CHEST', count: 300 });
  expect(pair(long, now, before)).toEqual(['now', 'before']);
});

test.each([
  ['another modality', series('b', 'MR', { date: '20260302', body: 'CHEST' })],
  ['another body part', series('b', 'CT', { date: '20260302', body: 'HEAD' })],
  ['a scout', series('b', 'CT', { date: '20260302', body: 'CHEST', count: 2 })],
  ['the same day', series('b', 'CT', { date: '20261116', time: '080000', body: 'CHEST' })],
  ['no date', series('b', 'CT', { date: '', body: 'CHEST' })],
])('%s is no prior', (_name, other) => {
  expect(pair(now, other)).toBeNull();
});

test('a body part that is not named is no other one', () => {
  expect(pair(now, series('b', 'CT', { date: '20260302' }))).toEqual(['now', 'b']);
});

test('the same orientation goes before a later date', () => {
  const coronal = series('coronal', 'CT', { date: '20260701', normal: [0, 1, 0] });
  const tilted = series('axial', 'CT', { date: '20260302', normal: [0, 0.05, 0.9987] });
  expect(pair(now, coronal, tilted)).toEqual(['now', 'axial']);
});

test('of a PET/CT and its prior the CTs are compared; where there is only a PET before, the PETs', () => {
  const pet = series('pet', 'PT', { date: '20261116', count: 200 });
  const [oldPet, oldCt] = [
    series('old pet', 'PT', { date: '20260302' }),
    series('old ct', 'CT', { date: '20260302' }),
  ];
  expect(pair(pet, now, oldPet, oldCt)).toEqual(['now', 'old ct']);
  expect(pair(pet, now, oldPet)).toEqual(['pet', 'old pet']);
});
