import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from '../dicom/display-json.ts';
import { number, pet, text } from './suv.fixture.ts';
import { suvBodyWeight, suvFactors } from './suv.ts';
import { suvScale, tagsAtFault } from './suv-kinds.ts';
import { tagText } from './suv-tags.ts';

test('every normalisation, against published values', () => {
  const factors = suvFactors([pet()]);
  expect(factors.bodyWeight).toEqual({ known: true, factor: 750, warnings: ['suspicious_dose'] });
  expect(factors.bsa).toBeCloseTo(198.13758427117767, 6);
  expect(factors.lbmJames120).toBeCloseTo(627.7757487216948, 6);
  expect(factors.lbmJames128).toBeCloseTo(614.6274653031411, 6);
  expect(factors.lbmJanma).toBeCloseTo(609.1533588651974, 6);
});

test.each([
  ['height unknown', { '00101020': undefined }, ['height']],
  ['height in centimetres', { '00101020': number(185) }, ['height']],
  ['sex other', { '00100040': text('O') }, ['sex']],
])('%s: body weight only, and what is missing', (_, changes, missing) => {
  const factors = suvFactors([pet(changes)]);
  expect(factors).toMatchObject({ bodyWeight: { factor: 750 }, lbmJames128: null, ibw: null, missing });
});

describe('why there is no factor, and which tags are at fault', () => {
  const start = { '00541102': text('START') };
  test.each<[string, JsonDataSet, JsonDataSet, string[]]>([
    ['not_pet', { '00080060': text('CT') }, {}, ['Modality (0008,0060)']],
    ['units', { '00541001': text('PROPCNTS') }, {}, ['Units (0054,1001)']],
    [
      'units',
      { '00541001': text('CNTS') },
      {},
      [
        'Units (0054,1001)',
        'Philips SUV Scale Factor (7053,1000)',
        'Philips Activity Concentration Scale Factor (7053,1009)',
      ],
    ],
    ['not_corrected', { '00280051': text('DECY') }, {}, ['Corrected Image (0028,0051)']],
    ['not_corrected', { '00541102': text('NONE') }, {}, ['Decay Correction (0054,1102)']],
    ['weight_missing', { '00101030': undefined }, {}, ["Patient's Weight (0010,1030)"]],
    ['weight_missing', { '00101030': number(0) }, {}, ["Patient's Weight (0010,1030)"]],
    ['dose_missing', {}, { '00181074': number(0) }, ['Radionuclide Total Dose (0018,1074)']],
    ['half_life_missing', start, { '00181075': undefined }, ['Radionuclide Half Life (0018,1075)']],
    [
      'time_missing',
      start,
      { '00181072': undefined },
      ['Radiopharmaceutical Start DateTime (0018,1078)', 'Radiopharmaceutical Start Time (0018,1072)'],
    ],
    [
      'time_implausible',
      start,
      { '00181072': undefined, '00181078': text('19000101090000') },
      ['Radiopharmaceutical Start DateTime (0018,1078)', 'Radiopharmaceutical Start Time (0018,1072)'],
    ],
    [
      'other_normalisation',
      { '00541001': text('GML'), '00541006': text('LBM') },
      {},
      ['SUV Type (0054,1006)'],
    ],
    ['other_normalisation', { '00541001': text('CM2ML') }, {}, ['SUV Type (0054,1006)']],
  ])('%s', (reason, changes, drug, tags) => {
    const found = suvBodyWeight([pet(changes, drug)]);
    expect(found).toMatchObject({ known: false, reason });
    expect(!found.known && found.tags.map(tagText)).toEqual(tags);
  });
});

test.each([
  ['GML', 'LBM', { lbmJames120: 1, bsa: null }],
  ['GML', 'LBMJANMA', { lbmJanma: 1, lbmJames120: null }],
  ['CM2ML', 'BSA', { bsa: 1, lbmJanma: null }],
  ['CM2ML', '', { bsa: 1 }],
])('values stored as SUV of type %s %s stay what they are', (units, type, expected) => {
  const factors = suvFactors([pet({ '00541001': text(units), '00541006': text(type) })]);
  expect(factors).toMatchObject({ ...expected, bodyWeight: { known: false } });
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

describe('private elements', () => {
  const bytes = (value: string) => ({ vr: 'UN', InlineBinary: btoa(value) });
  const counts = { '00541001': text('CNTS') };

  test('Philips: found by its creator, in implicit encoding too; of another maker it is no factor', () => {
    const own = { '70530011': bytes('Philips PET Private Group '), '70531100': bytes('0.000728') };
    expect(suvBodyWeight([pet({ ...counts, ...own })])).toMatchObject({ known: true, factor: 0.000728 });
    const others = { '70530010': text('SOMEBODY'), '70531000': number(7) };
    expect(suvBodyWeight([pet({ ...counts, ...others })])).toMatchObject({ known: false, reason: 'units' });
  });

  test('Philips: activity for counts, decayed like any', () => {
    const own = { '70530010': text('Philips PET Private Group'), '70531009': number(2) };
    const found = suvBodyWeight([pet({ ...counts, ...own })]);
    expect(found).toMatchObject({ known: true, factor: 1500 });
  });

  test('GE: the scan of a series that was processed later, in implicit encoding too', () => {
    const later = {
      '00541102': text('START'),
      '00080031': text('120000'),
      '00090010': bytes('GEMS_PETD_01'),
    };
    const found = suvBodyWeight([pet({ ...later, '0009100D': bytes('20250102100000.00 ') })]);
    expect(found.known && found.factor).toBeCloseTo(1500, 9);
  });
});

describe('Enhanced PET', () => {
  const code = (value: string) => ({ vr: 'SQ', Value: [{ '00080100': text(value) }] });
  const enhanced = (unit: string, slope: number, mapped: number, changes: JsonDataSet = {}): JsonDataSet => ({
    ...pet({}, { '00181074': number(1e8), '00181078': text('20250102090000') }),
    '00080016': text('1.2.840.10008.5.1.4.1.1.130'),
    '00541001': undefined,
    '00541102': undefined,
    '00280051': undefined,
    '00189758': text('YES'),
    '00189759': text('YES'),
    '00189701': text('20250102100000'),
    '52009230': {
      vr: 'SQ',
      Value: [
        {
          '00289145': { vr: 'SQ', Value: [{ '00281053': number(slope), '00281052': number(0) }] },
          '00409096': {
            vr: 'SQ',
            Value: [{ '00409225': number(mapped), '00409224': number(0), '004008EA': code(unit) }],
          },
        },
      ],
    },
    ...changes,
  });

  test.each([
    ['Bq/ml', 2, 2, 1500e-6],
    ['kBq/ml', 2, 0.002, 1500e-6],
    ['{SUVbw}g/ml', 2, 0.001, 0.0005],
  ])('values in %s, as the mapping names them', (unit, slope, mapped, factor) => {
    const found = suvBodyWeight([enhanced(unit, slope, mapped)]);
    expect(found).toEqual({ known: true, factor: expect.closeTo(factor, 12), warnings: [] });
  });

  test('two DateTimes with offsets of their own lie on one clock', () => {
    const drug = { '00181074': number(1e8), '00181078': text('20250102080000+0000') };
    const header = enhanced('Bq/ml', 1, 1, {
      ...pet({}, drug),
      '00541001': undefined,
      '00189701': text('20250102100000+0100'),
    });
    expect(suvBodyWeight([header])).toEqual({
      known: true,
      factor: expect.closeTo(1500e-6, 12),
      warnings: [],
    });
  });

  test.each<[string, JsonDataSet, string]>([
    ['units', { '52009230': undefined }, 'Units (0054,1001)'],
    ['not_corrected', { '00189759': text('NO') }, 'Attenuation Corrected (0018,9759)'],
    ['not_corrected', { '00189758': text('NO') }, 'Decay Corrected (0018,9758)'],
    ['time_missing', { '00189701': undefined }, 'Decay Correction DateTime (0018,9701)'],
  ])('%s', (reason, changes, tag) => {
    const found = suvBodyWeight([enhanced('Bq/ml', 1, 1, changes)]);
    expect(found).toMatchObject({ known: false, reason });
    expect(!found.known && found.tags.map(tagText)).toContain(tag);
  });
});

describe('from body weight to another kind', () => {
  test('the ratio of the published factors', () => {
    const factors = suvFactors([pet()]);
    expect(suvScale(factors, 'bw')).toEqual({ known: true, scale: 1 });
    expect(suvScale(factors, 'lbm_janma')).toEqual({
      known: true,
      scale: expect.closeTo(609.1533588651974 / 750, 9),
    });
    expect(suvScale(factors, 'bsa')).toEqual({
      known: true,
      scale: expect.closeTo(198.13758427117767 / 750, 9),
    });
  });

  test('what is missing is named by its tag', () => {
    const factors = suvFactors([pet({ '00101020': undefined })]);
    const found = suvScale(factors, 'lbm');
    expect(!found.known && found.tags.map(tagText)).toEqual(["Patient's Size (0010,1020)"]);
    const none = suvScale(suvFactors([pet({ '00101030': undefined })]), 'bw');
    expect(!none.known && none.tags.map(tagText)).toEqual(["Patient's Weight (0010,1030)"]);
  });

  test('a file stored as SUV by lean body mass gives that kind, and no other', () => {
    const factors = suvFactors([pet({ '00541001': text('GML'), '00541006': text('LBM') })]);
    expect(suvScale(factors, 'lbm')).toEqual({ known: true, scale: 1 });
    expect(suvScale(factors, 'bw')).toMatchObject({ known: false });
  });
});

test('all that is missing is named, each by its tag', () => {
  const bare = pet(
    { '00101030': number(0), '00101020': undefined, '00100040': undefined },
    { '00181074': undefined },
  );
  expect(tagsAtFault(suvFactors([bare])).map(tagText)).toEqual([
    "Patient's Weight (0010,1030)",
    'Radionuclide Total Dose (0018,1074)',
    "Patient's Size (0010,1020)",
    "Patient's Sex (0010,0040)",
  ]);
});

test('images of one series in different units have no factor in common', () => {
  expect(suvBodyWeight([pet(), pet({ '00541001': text('PROPCNTS') })])).toMatchObject({
    known: false,
    reason: 'units',
  });
});
