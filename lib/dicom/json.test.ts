import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { type Element, part10 } from '../../tests/fixtures/dicom-writer.ts';
import { toDicomJson } from './json.ts';
import { parseHeader } from './parse-header.ts';

function convert(elements: readonly Element[]) {
  const bytes = part10({ sopClassUid: '1.2.3', sopInstanceUid: '2.25.1', elements });
  const { dataSet } = parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
  return toDicomJson(dataSet, (path) => `bulk${path}`);
}

test.each<[string, Element, unknown]>([
  ['text', [0x00081030, 'LO', 'Thorax '], { vr: 'LO', Value: ['Thorax'] }],
  [
    'several values, one empty',
    [0x00080008, 'CS', 'ORIGINAL\\\\AXIAL'],
    { vr: 'CS', Value: ['ORIGINAL', null, 'AXIAL'] },
  ],
  ['a backslash in long text', [0x00204000, 'LT', 'a\\b'], { vr: 'LT', Value: ['a\\b'] }],
  ['decimals', [0x00280030, 'DS', '0.5\\1e-1'], { vr: 'DS', Value: [0.5, 0.1] }],
  ['a decimal that is none', [0x00280030, 'DS', '0.5\\x'], { vr: 'DS', Value: [0.5, null] }],
  ['numbers', [0x00280010, 'US', [512, 3]], { vr: 'US', Value: [512, 3] }],
  ['a double', [0x00189073, 'FD', 1.25], { vr: 'FD', Value: [1.25] }],
  ['a person', [0x00100010, 'PN', 'A^B=C'], { vr: 'PN', Value: [{ Alphabetic: 'A^B', Ideographic: 'C' }] }],
  ['nothing', [0x00100020, 'LO', ''], { vr: 'LO' }],
  ['few bytes', [0x00420011, 'OB', Buffer.from([1, 2])], { vr: 'OB', InlineBinary: 'AQI=' }],
  ['many bytes', [0x00420011, 'OB', Buffer.alloc(2000)], { vr: 'OB', BulkDataURI: 'bulk/00420011' }],
  ['a known tag as UN', [0x00280030, 'UN', Buffer.from('0.5\\2 ')], { vr: 'DS', Value: [0.5, 2] }],
  ['a known number as UN', [0x00280010, 'UN', Buffer.from([0, 2])], { vr: 'US', Value: [512] }],
  ['a private tag as UN', [0x00091001, 'UN', Buffer.from([1, 2])], { vr: 'UN', InlineBinary: 'AQI=' }],
  ['an empty sequence', [0x00081140, 'SQ', []], { vr: 'SQ' }],
])('%s', (_, element, expected) => {
  const tag = element[0].toString(16).padStart(8, '0').toUpperCase();
  expect(convert([[0x00080005, 'CS', 'ISO_IR 192'], element])[tag]).toEqual(expected);
});

test('items inherit the character set; bulk values inside them are named by their path', () => {
  const json = convert([
    [0x00080005, 'CS', 'ISO_IR 192'],
    [0x00081140, 'SQ', [[[0x00081030, 'LO', 'Poumon érigé']], [[0x00420011, 'OB', Buffer.alloc(2000)]]]],
  ]);
  expect(json['00081140']?.Value).toEqual([
    { '00081030': { vr: 'LO', Value: ['Poumon érigé'] } },
    { '00420011': { vr: 'OB', BulkDataURI: 'bulk/00081140/1/00420011' } },
  ]);
});

test('the character set is the one that JSON is written in', () => {
  expect(convert([[0x00080005, 'CS', 'ISO_IR 100']])['00080005']).toEqual({
    vr: 'CS',
    Value: ['ISO_IR 192'],
  });
});

test('64-bit numbers stay exact: as numbers where they fit, else as text', () => {
  const value = Buffer.alloc(16);
  value.writeBigInt64LE(-5n, 0);
  value.writeBigInt64LE(2n ** 60n, 8);
  // The writer knows no SV: an unknown VR's bytes are patched in.
  const bytes = part10({
    sopClassUid: '1.2.3',
    sopInstanceUid: '2.25.1',
    elements: [[0x00720082, 'OB', value]],
  });
  bytes.write('SV', bytes.indexOf(Buffer.from([0x72, 0, 0x82, 0])) + 4, 'latin1');
  const { dataSet } = parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
  expect(toDicomJson(dataSet, String)['00720082']).toEqual({ vr: 'SV', Value: [-5, '1152921504606846976'] });
});

test('neither meta group nor pixel data', () => {
  const json = convert([[0x7fe00010, 'OW', Buffer.alloc(4)]]);
  expect(Object.keys(json)).toEqual(['00080016', '00080018']);
});

test('a text of more than a megabyte is named, not carried', () => {
  expect(convert([[0x0040a160, 'UT', 'x'.repeat(2_000_000)]])['0040A160']).toEqual({
    vr: 'UT',
    BulkDataURI: 'bulk/0040A160',
  });
});

test('contour data too long for the length field of its VR stands as UN, and is read', () => {
  const points = Array.from({ length: 30_000 }, (_, index) => index / 8);
  const json = convert([[0x30060050, 'UN', Buffer.from(points.join('\\').padEnd(200_000))]]);
  expect(json['30060050']).toEqual({ vr: 'DS', Value: points });
});
