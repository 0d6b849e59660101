import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from '../dicom/display-json.ts';
import { suvBodyWeight, suvFactors } from './suv.ts';

const text = (value: string, ...more: string[]) => ({ vr: 'LO', Value: [value, ...more] });
const number = (value: number) => ({ vr: 'DS', Value: [value] });

/** 75 kg, 1.85 m, 100 Bq, corrected to the time of administration: the factor is 750 g/Bq. */
const pet = (changes: JsonDataSet = {}, drug: JsonDataSet = {}): JsonDataSet => ({
  '00080060': text('PT'),
  '00080021': text('20250102'),
  '00080031': text('100000'),
  '00080022': text('20250102'),
  '00080032': text('100000'),
  '00100040': text('M'),
  '00101020': number(1.85),
  '00101030': number(75),
  '00280051': text('ATTN', 'DECY'),
  '00541001': text('BQML'),
  '00541102': text('ADMIN'),
  '00540016': {
    vr: 'SQ',
    Value: [{ '00181072': text('090000'), '00181074': number(100), '00181075': number(3600), ...drug }],
  },
  ...changes,
});

test('every normalisation, against published values', () => {
  const factors = suvFactors([pet()]);
  expect(factors.bodyWeight).toEqual({ known: true, factor: 750 });
  expect(factors.bsa).toBeCloseTo(198.13758427117767, 6);
  expect(factors.lbmJames120).toBeCloseTo(627.7757487216948, 6);
  expect(factors.lbmJames128).toBeCloseTo(614.6274653031411, 6);
  expect(factors.lbmJanma).toBeCloseTo(609.1533588651974, 6);
});

test.each([
  ['height unknown', { '00101020': undefined }, ['height']],
  ['sex other', { '00100040': text('O') }, ['sex']],
])('%s: body weight only, and what is missing', (_, changes, missing) => {
  const factors = suvFactors([pet(changes)]);
  expect(factors).toMatchObject({ bodyWeight: { factor: 750 }, lbmJames128: null, ibw: null, missing });
});

describe('why there is no factor', () => {
  test.each([
    ['not_pet', { '00080060': text('CT') }, {}],
    ['units', { '00541001': text('PROPCNTS') }, {}],
    ['not_corrected', { '00280051': text('DECY') }, {}],
    ['not_corrected', { '00541102': text('NONE') }, {}],
    ['weight_missing', { '00101030': undefined }, {}],
    ['dose_missing', {}, { '00181074': number(0) }],
    ['half_life_missing', { '00541102': text('START') }, { '00181075': undefined }],
    ['time_missing', { '00541102': text('START') }, { '00181072': undefined }],
    ['other_normalisation', { '00541001': text('GML'), '00541006': text('LBM') }, {}],
  ])('%s', (reason, changes, drug) => {
    expect(suvBodyWeight([pet(changes, drug)])).toEqual({ known: false, reason });
  });
});

test.each([
  ['one half-life before the scan', {}, {}, 1500],
  [
    'injected the evening before',
    { '00080031': text('003000'), '00080032': text('003000') },
    { '00181072': text('233000') },
    1500,
  ],
  ['already SUV', { '00541001': text('GML') }, {}, 1],
  ['Philips factor', { '00541001': text('CNTS'), '70531000': number(0.000728) }, {}, 0.000728],
])('decayed to the start: %s', (_, changes, drug, factor) => {
  const result = suvBodyWeight([pet({ '00541102': text('START'), ...changes }, drug)]);
  expect(result.known && result.factor).toBeCloseTo(factor, 9);
});
