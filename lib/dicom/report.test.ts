import { describe, expect, it } from 'vitest';
import { clinicalDocument, ENCAPSULATED_PDF_STORAGE } from './clinical-documents.ts';
import type { JsonDataSet, JsonElement } from './display-json.ts';
import { readReport } from './report.ts';

const text = (value: string): JsonElement => ({ vr: 'LO', Value: [value] });
const sequence = (...items: JsonDataSet[]): JsonElement => ({ vr: 'SQ', Value: items });
const code = (value: string, meaning: string): JsonElement =>
  sequence({ '00080100': text(value), '00080102': text('DCM'), '00080104': text(meaning) });
const item = (valueType: string, name: string, more: JsonDataSet = {}): JsonDataSet => ({
  '0040A010': text('CONTAINS'),
  '0040A040': text(valueType),
  ...(name && { '0040A043': code('1', name) }),
  ...more,
});
const saysOf = (...children: JsonDataSet[]) =>
  readReport(item('CONTAINER', 'PET report', { '0040A730': sequence(...children) })).items.slice(1);

describe('a structured report', () => {
  it('is read in its order, with how deep each item stands', () => {
    const findings = item('CONTAINER', 'Findings', {
      '0040A730': sequence(item('TEXT', 'Finding', { '0040A160': text('Left axillary node') })),
    });
    const { items, cut } = readReport(item('CONTAINER', 'PET report', { '0040A730': sequence(findings) }));
    expect(items.map(({ number, level, name }) => [number, level, name])).toEqual([
      ['1', 0, 'PET report'],
      ['1.1', 1, 'Findings'],
      ['1.1.1', 2, 'Finding'],
    ]);
    expect(items[2]?.value).toEqual({ type: 'text', text: 'Left axillary node' });
    expect(cut).toBe(false);
  });

  it.each<[string, JsonDataSet, unknown]>([
    ['CODE', { '0040A168': code('R-1', 'Complete response') }, { type: 'text', text: 'Complete response' }],
    [
      'PNAME',
      { '0040A123': { vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane' }] } },
      { type: 'text', text: 'Doe^Jane' },
    ],
    ['DATE', { '0040A121': text('20240229') }, { type: 'date', value: '20240229' }],
    ['UIDREF', { '0040A124': text('1.2.3') }, { type: 'text', text: '1.2.3' }],
    [
      'IMAGE',
      {
        '00081199': sequence({
          '00081150': text('1.2.840.10008.5.1.4.1.1.2'),
          '00081155': text('1.2.3'),
          '00081160': { vr: 'IS', Value: [2, 5] },
        }),
      },
      { type: 'object', sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid: '1.2.3', frames: '2, 5' },
    ],
    [
      'SCOORD',
      { '00700023': text('POLYLINE'), '00700022': { vr: 'FL', Value: [1, 2, 3, 4] } },
      { type: 'place', graphic: 'POLYLINE', points: 2 },
    ],
  ])('says what a %s holds', (valueType, more, said) => {
    expect(saysOf(item(valueType, 'Name', more))[0]?.value).toEqual(said);
  });

  it('tells a number with its unit, and why there is none', () => {
    const measured = (unit: string) =>
      item('NUM', 'SUVmax', {
        '0040A300': sequence({ '0040A30A': { vr: 'DS', Value: [7.2] }, '004008EA': code(unit, 'in words') }),
      });
    expect(saysOf(measured('mm'))[0]?.value).toEqual({ type: 'number', value: 7.2, unit: 'mm' });
    expect(saysOf(measured('{SUVbw}g/ml'))[0]?.value).toMatchObject({ unit: '{SUVbw}g/ml' });
    expect(saysOf(measured('{ratio}'))[0]?.value).toMatchObject({ unit: '' });
    const none = item('NUM', 'SUVmax', {
      '0040A300': sequence(),
      '0040A301': code('114000', 'Not a number'),
    });
    expect(saysOf(none)[0]?.value).toEqual({ type: 'text', text: 'Not a number' });
  });

  it('leaves nothing out: what is empty, or of a kind that nobody here knows, is named', () => {
    const [table, empty, reference] = saysOf(item('TABLE', 'Doses'), item('TEXT', 'Conclusion'), {
      '0040A010': text('INFERRED FROM'),
      '0040DB73': { vr: 'UL', Value: [1, 2, 1] },
    });
    expect(table?.value).toEqual({ type: 'unknown', valueType: 'TABLE' });
    expect(empty?.value).toEqual({ type: 'unknown', valueType: 'TEXT' });
    expect(reference?.value).toEqual({ type: 'reference', item: '1.2.1' });
  });

  it('says where it was cut off', () => {
    let deep = item('TEXT', 'last', { '0040A160': text('here') });
    for (let level = 0; level < 100; level += 1) deep = item('CONTAINER', '', { '0040A730': sequence(deep) });
    expect(readReport(deep)).toMatchObject({ cut: true });
  });
});

describe('what a list of documents says', () => {
  it('of a PDF: its title, its day, and its length without what fills it up', () => {
    const header = {
      '00080016': text(ENCAPSULATED_PDF_STORAGE),
      '0008103E': text('Series'),
      '00420010': text('Histology'),
      '00080023': text('20240301'),
      '00420015': { vr: 'UL', Value: [1233] },
    };
    expect(clinicalDocument(header)).toMatchObject({
      kind: 'pdf',
      title: 'Histology',
      date: '20240301',
      verified: null,
      partial: false,
      length: 1233,
    });
  });

  it('of a report: whether somebody signed for it, and whether it is whole', () => {
    const report = {
      '0040A493': text('UNVERIFIED'),
      '0040A491': text('PARTIAL'),
      '0040A043': code('1', 'CT report'),
    };
    expect(clinicalDocument(report)).toMatchObject({
      kind: 'report',
      title: 'CT report',
      verified: false,
      partial: true,
    });
    expect(
      clinicalDocument({ ...report, '0040A493': text('VERIFIED'), '0040A491': text('COMPLETE') }),
    ).toMatchObject({
      verified: true,
      partial: false,
    });
  });
});
