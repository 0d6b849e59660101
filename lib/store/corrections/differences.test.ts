import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { keywordOf } from './keyword.ts';

test('names each value that differs through its sequences, and what one of them lacks', () => {
  const stored = {
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'A^B' }] },
    '00080008': { vr: 'CS', Value: ['ORIGINAL', 'PRIMARY'] },
    '30060020': { vr: 'SQ', Value: [{ '30060026': { vr: 'LO', Value: ['GTV'] } }, {}] },
  };
  const incoming = {
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'A^C' }] },
    '00080008': { vr: 'CS', Value: ['ORIGINAL', 'PRIMARY'] },
    '00080070': { vr: 'LO', Value: ['Maker'] },
    '30060020': { vr: 'SQ', Value: [{ '30060026': { vr: 'LO', Value: ['CTV'] } }] },
  };
  expect(differences(stored, incoming)).toEqual([
    { path: '(0008,0070)', stored: null, incoming: 'Maker' },
    { path: '(0010,0010)', stored: 'A^B', incoming: 'A^C' },
    { path: '(3006,0020)[1].(3006,0026)', stored: 'GTV', incoming: 'CTV' },
    { path: '(3006,0020)[2]', stored: '{}', incoming: null },
  ]);
});

test('an equal header has none', () => {
  const json = { '00080008': { vr: 'CS', Value: ['ORIGINAL'] } };
  expect(differences(json, structuredClone(json))).toEqual([]);
});

test('a path is named by its last tag, in words', () => {
  expect(keywordOf('(3006,0020)[2].(3006,0026)')).toBe('ROI Name');
  expect(keywordOf('(0010,0010)')).toBe('Patient Name');
  expect(keywordOf('(0009,1001)')).toBe('');
});
