import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from '../dicom/display-json.ts';
import { number, pet, text } from './suv.fixture.ts';
import { suvBodyWeight } from './suv.ts';
import { tagText } from './suv-tags.ts';

describe('when the tracer was given', () => {
  const START = { '00541102': text('START') };
  const late = { '00080031': text('003000'), '00080032': text('003000') };
  // One hour, one half-life: 1500 with the fixture's patient.
  test.each<[string, JsonDataSet, JsonDataSet, string[]]>([
    ['by DateTime, over midnight', late, { '00181078': text('20250101233000') }, []],
    [
      'by DateTime, against another Start Time',
      {},
      { '00181072': text('010000'), '00181078': text('20250102090000.000000') },
      [],
    ],
    [
      'by DateTime with an offset from UTC',
      { '00080201': text('+0100') },
      { '00181078': text('20250102080000+0000') },
      [],
    ],
    [
      'by DateTime with an offset, the times unnamed: as written',
      {},
      { '00181078': text('20250102090000+0100') },
      [],
    ],
    ['a date of 1900: the time of day', {}, { '00181078': text('19000101090000') }, ['start_date_ignored']],
    [
      'a date after the scan: the time of day',
      {},
      { '00181078': text('20250103090000') },
      ['start_date_ignored'],
    ],
    ['Start Time without seconds', {}, { '00181072': text('0900') }, []],
    ['Start Time with colons, as ACR-NEMA wrote it', {}, { '00181072': text('09:00:00') }, []],
  ])('%s', (_, changes, drug, warnings) => {
    const found = suvBodyWeight([pet({ ...START, ...changes }, { '00181074': number(1e8), ...drug })]);
    expect(found).toEqual({ known: true, factor: expect.closeTo(1500e-6, 12), warnings });
  });

  // The scan begins at 10:00:00; half-lives in s. The factor is that of the injected dose, reckoned to then.
  const dynamic = (seconds: number, halfLife: number) => 750e-6 * 2 ** (-seconds / halfLife);
  test.each<[string, number, JsonDataSet, number, string[]]>([
    ['F-18, 10 s late', 6588, { '00181072': text('100010') }, dynamic(10, 6588), ['start_after_scan']],
    [
      'Ga-68, typed to the minute',
      4062.6,
      { '00181072': text('1001') },
      dynamic(60, 4062.6),
      ['start_after_scan'],
    ],
    ['O-15, 5 s late', 122.24, { '00181072': text('100005') }, dynamic(5, 122.24), ['start_after_scan']],
    [
      'by DateTime, 10 s late',
      6588,
      { '00181072': undefined, '00181078': text('20250102100010.00') },
      dynamic(10, 6588),
      ['start_after_scan'],
    ],
    [
      'Zr-89, given at about the same time of the day before',
      282_276,
      { '00181072': text('101500') },
      750e-6 * 2 ** ((86_400 - 900) / 282_276),
      ['start_day_assumed'],
    ],
    [
      'Zr-89, two hours later in the day: no scan begins so early',
      282_276,
      { '00181072': text('120000') },
      750e-6 * 2 ** ((22 * 3600) / 282_276),
      [],
    ],
  ])('after the scan began: %s', (_, halfLife, drug, factor, warnings) => {
    const header = pet(START, { '00181074': number(1e8), '00181075': number(halfLife), ...drug });
    expect(suvBodyWeight([header])).toEqual({
      known: true,
      factor: expect.closeTo(factor, 12),
      warnings,
    });
  });

  test.each<[string, number, JsonDataSet]>([
    ['F-18 of 21 hours before', 6588, { '00181072': text('130000') }],
    ['O-15 of an hour before', 122.24, {}],
    ['O-15, a quarter of an hour late', 122.24, { '00181072': text('101500') }],
    [
      'by DateTime, F-18 of 20 hours before',
      6588,
      { '00181072': undefined, '00181078': text('20250101140000') },
    ],
  ])('nothing would be left of it, or too much have been given: %s', (_, halfLife, drug) => {
    const header = pet(START, { '00181074': number(1e8), '00181075': number(halfLife), ...drug });
    expect(suvBodyWeight([header])).toMatchObject({ known: false, reason: 'time_implausible' });
  });

  test.each<[string, JsonDataSet, number, string[]]>([
    [
      'with a Start Time: that',
      { '00181072': text('090000'), '00181078': text('20250102070000+0000') },
      2,
      [],
    ],
    [
      'from the day before by UTC',
      { '00181072': text('090000'), '00181078': text('20250101200000+0000') },
      2,
      [],
    ],
    [
      'alone: as written, with a word',
      { '00181072': undefined, '00181078': text('20250102080000+0000') },
      4,
      ['start_offset_unknown'],
    ],
    [
      'days off the Start Time’s',
      { '00181072': text('090000'), '00181078': text('20250109070000+0000') },
      2,
      ['start_date_ignored'],
    ],
  ])('a DateTime with an offset, the scan’s times without: %s', (_, drug, times, warnings) => {
    const found = suvBodyWeight([pet(START, { '00181074': number(1e8), ...drug })]);
    expect(found).toEqual({ known: true, factor: expect.closeTo(times * 750e-6, 12), warnings });
  });

  test('a long-lived tracer is imaged days later', () => {
    const drug = { '00181074': number(1e8), '00181075': number(282_276), '00181078': text('20241230100000') };
    const found = suvBodyWeight([pet(START, drug)]);
    expect(found).toEqual({
      known: true,
      factor: expect.closeTo(750e-6 * 2 ** ((3 * 86_400) / 282_276), 12),
      warnings: [],
    });
  });

  test('a dose that must have been written in MBq is told, and not put right', () => {
    const found = suvBodyWeight([pet({}, { '00181074': number(250) })]);
    expect(found).toEqual({ known: true, factor: 300, warnings: ['suspicious_dose'] });
  });
});

test('a time of day counts on the scan’s day, also where the series’ date is that of later processing', () => {
  const header = (date: string) =>
    pet({ '00080021': text(date), '00541102': text('START') }, { '00181074': number(1e8) });
  const factor = (date: string) => {
    const found = suvBodyWeight([header(date)]);
    return found.known && found.factor;
  };
  expect(factor('20250109')).toBeCloseTo(factor('20250102') || 0, 12);
  expect(factor('20250102')).toBeCloseTo((75_000 / 1e8) * 2, 9);
});

describe('when the scan began, of what dates there are', () => {
  const START = { '00541102': text('START') };
  const factorOf = (...headers: JsonDataSet[]) => {
    const found = suvBodyWeight(headers);
    return found.known ? found.factor : found.tags.map(tagText);
  };
  const header = (changes: JsonDataSet) => pet({ ...START, ...changes }, { '00181074': number(1e8) });
  const later = { '00080031': text('130000') };

  test.each<[string, JsonDataSet]>([
    ['Acquisition Date empty, processed once more', { ...later, '00080022': undefined }],
    [
      'Series and Acquisition Date removed',
      { ...later, '00080020': text('20250102'), '00080021': undefined, '00080022': undefined },
    ],
    ['no acquisition at all', { '00080022': undefined, '00080032': undefined }],
  ])('%s: 10:00', (_, changes) => {
    expect(factorOf(header(changes))).toBeCloseTo(1500e-6, 12);
  });

  test('beds on both sides of midnight, their dates empty: the one before it was first', () => {
    const bed = (time: string) =>
      pet(
        { ...START, '00080022': undefined, '00080031': text('235900'), '00080032': text(time) },
        { '00181072': text('225500'), '00181074': number(1e8) },
      );
    expect(factorOf(bed('000500'), bed('235500'))).toBeCloseTo(1500e-6, 12);
  });

  test.each<[string, JsonDataSet, string[]]>([
    [
      'no date',
      { '00080021': undefined, '00080022': undefined },
      ['Acquisition Date (0008,0022)', 'Series Date (0008,0021)', 'Study Date (0008,0020)'],
    ],
    [
      'no time',
      { '00080031': undefined, '00080032': undefined },
      ['Series Time (0008,0031)', 'Acquisition Time (0008,0032)'],
    ],
  ])('%s: just what is absent is named', (_, changes, tags) => {
    expect(factorOf(header(changes))).toEqual(tags);
  });
});
