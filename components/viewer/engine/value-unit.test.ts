import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { header, stacksOf } from '../data/stack.fixture.ts';
import { valueUnit } from './value-unit.ts';
import { displayFactor, unitOf } from './voi.ts';

const text = (...Value: string[]) => ({ vr: 'CS', Value });
const number = (value: number) => ({ vr: 'DS', Value: [value] });
const petOf = (changes: JsonDataSet) => {
  const drug = { '00181074': number(1e8), '00181075': number(6588) };
  const more: JsonDataSet = {
    '00080060': text('PT'),
    '00101030': number(75),
    '00280051': text('ATTN', 'DECY'),
    '00541001': text('BQML'),
    '00541102': text('ADMIN'),
    '00540016': { vr: 'SQ', Value: [drug] },
    ...changes,
  };
  const [stack] = stacksOf([header(1, { position: [0, 0, 0] }, more)], 'PT');
  if (!stack) throw new Error('no stack');
  return stack;
};

test('CT in HU, MR in its stored units', () => {
  const rescale = { '00281052': number(-1024), '00281053': number(1) };
  const [ct] = stacksOf([header(1, { position: [0, 0, 0] }, rescale)]);
  expect(ct && valueUnit(ct, 'bsa')).toEqual({ unit: 'HU', scale: 1, missing: null });
  expect(ct && valueUnit({ ...ct, Modality: 'MR' }, 'bw').unit).toBe('');
});

test('without the height: SUV by body weight, and which tags the other kind wants', () => {
  const pet = petOf({ '00100040': text('F') });
  expect(valueUnit(pet, 'bw')).toEqual({ unit: 'SUV', scale: 1, missing: null });
  expect(valueUnit(pet, 'lbm')).toMatchObject({ unit: 'SUV', scale: 1, missing: [{ tag: '00101020' }] });
});

test('with everything: a factor between the kinds', () => {
  const pet = petOf({ '00100040': text('M'), '00101020': number(1.85) });
  expect(valueUnit(pet, 'bsa').scale).toBeCloseTo(198.13758427117767 / 750, 9);
  expect(valueUnit(pet, 'lbm')).toMatchObject({ unit: 'SUV lbm', missing: null });
});

test('without the weight or the dose: Bq/ml, and which tag is missing', () => {
  expect(valueUnit(petOf({ '00101030': undefined }), 'bw')).toMatchObject({
    unit: 'Bq/ml',
    scale: 1,
    missing: [{ tag: '00101030' }],
  });
  expect(valueUnit(petOf({ '00540016': undefined }), 'lbm')).toMatchObject({
    unit: 'Bq/ml',
    missing: [{ tag: '00181074' }],
  });
});

test('a CT that is not in HU is called what the file calls it', () => {
  const iodine = { '00281052': number(0), '00281053': number(0.1), '00281054': text('MGML') };
  const [map] = stacksOf([header(1, { position: [0, 0, 0] }, iodine)]);
  expect(map && valueUnit(map, 'bw')).toEqual({ unit: 'mg/ml', scale: 1, missing: null });
});

describe('Philips counts', () => {
  const counts = { '00541001': text('CNTS'), '00101030': undefined };
  const bytes = (value: string) => ({ vr: 'UN', InlineBinary: btoa(value) });
  test.each<[string, JsonDataSet]>([
    ['a number', { '70531009': number(3.5) }],
    ['bytes of a VR that is not known', { '70531009': bytes('3.5 ') }],
    [
      'in the block of its maker',
      {
        '70530010': text('SOMEBODY ELSE'),
        '70530011': text('Philips PET Private Group'),
        '70531009': number(9),
        '70531109': bytes('3.5 '),
      },
    ],
  ])('are activity by their own factor: %s', (_, factor) => {
    const pet = petOf({ ...counts, ...factor });
    // What volumes hold and windows say is that activity already.
    expect(displayFactor(pet)).toBe(3.5);
    expect(unitOf(pet)).toBe('Bq/ml');
    expect(valueUnit(pet, 'bw')).toMatchObject({ unit: 'Bq/ml', scale: 1 });
  });

  test('without one, or with somebody else’s, stay counts', () => {
    for (const factor of [{}, { '70530010': text('SOMEBODY ELSE'), '70531009': number(9) }]) {
      const pet = petOf({ ...counts, ...factor });
      expect(displayFactor(pet)).toBe(1);
      expect(unitOf(pet)).toBe('CNTS');
      expect(valueUnit(pet, 'bw')).toMatchObject({ unit: 'CNTS', scale: 1 });
    }
  });
});
