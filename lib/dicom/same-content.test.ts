import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { makeCt } from '../../tests/fixtures/dicom.ts';
import type { Element } from '../../tests/fixtures/dicom-writer.ts';
import { parseHeader } from './parse-header.ts';
import { differences, sameContent } from './same-content.ts';

const parse = (bytes: Uint8Array) =>
  parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
const uids = { sopUid: '2.25.1', studyUid: '2.25.2', seriesUid: '2.25.3', frameOfReferenceUid: '2.25.4' };
const ct = (extra: readonly Element[] = []) => makeCt({ ...uids, extra });
const metaEnd = 144 + ct().readUInt32LE(140);
const paths = (a: Uint8Array, b: Uint8Array) => [...differences(parse(a), parse(b))];

const sequence: Element = [
  0x00081140,
  'SQ',
  [[[0x00081155, 'UI', '2.25.9']], [[0x00081155, 'UI', '2.25.10']]],
];

/** Explicit to implicit, one level deep: what differs is only how it is written. */
function implicit(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  const long = new Set(['OB', 'OW', 'SQ', 'UN']);
  let at = metaEnd;
  while (at < bytes.length) {
    const vr = bytes.toString('latin1', at + 4, at + 6);
    const head = long.has(vr) ? 12 : 8;
    const length = long.has(vr) ? bytes.readUInt32LE(at + 8) : bytes.readUInt16LE(at + 6);
    const start = Buffer.alloc(8);
    bytes.copy(start, 0, at, at + 4);
    start.writeUInt32LE(length, 4);
    parts.push(start, bytes.subarray(at + head, at + head + length));
    at += head + length;
  }
  return Buffer.concat(parts);
}

test('a file is the same as itself, and as its data set without meta group and preamble', () => {
  expect(sameContent(parse(ct([sequence])), parse(ct([sequence])))).toBe(true);
  expect(sameContent(parse(ct([sequence])), parse(ct([sequence]).subarray(metaEnd)))).toBe(true);
});

test('explicit and implicit VR', () => {
  expect(paths(ct(), implicit(ct()))).toEqual([]);
  expect(paths(ct(), implicit(makeCt({ ...uids, patientName: 'OTHER^ONE' })))).toEqual(['x00100010']);
});

test('defined and undefined lengths', () => {
  const item = Buffer.from('0800551155490600322e32352e39', 'hex');
  const withHead = (head: string, tail: string) => {
    const whole = ct();
    const at = whole.indexOf(Buffer.from('10001000504e', 'hex'));
    return Buffer.concat([
      whole.subarray(0, at),
      Buffer.from(head, 'hex'),
      item,
      Buffer.from(tail, 'hex'),
      whole.subarray(at),
    ]);
  };
  const defined = withHead('080040115351000016000000feff00e00e000000', '');
  const open = withHead('0800401153510000fffffffffeff00e0ffffffff', 'feff0de000000000feffdde000000000');
  expect(parse(defined).dataSet.elements.x00081140?.items).toHaveLength(1);
  expect(paths(defined, open)).toEqual([]);
  expect(paths(defined, ct())).toEqual(['x00081140']);
  expect(paths(ct(), open)).toEqual(['x00081140']);
});

test.each<[string, Element, Element, boolean]>([
  ['trailing spaces', [0x00104000, 'LT', 'x'], [0x00104000, 'LT', 'x   '], true],
  ['a leading space', [0x00104000, 'LT', 'x'], [0x00104000, 'LT', ' x'], false],
  ['no value and a zero', [0x00280106, 'US', Buffer.alloc(0)], [0x00280106, 'US', 0], false],
  ['another VR', [0x00104000, 'LT', 'x'], [0x00104000, 'ST', 'x'], false],
  ['UN for a known VR', [0x00104000, 'LT', 'x'], [0x00104000, 'UN', Buffer.from('x ')], true],
  ['bytes', [0x00420011, 'OB', Buffer.from([1, 2])], [0x00420011, 'OB', Buffer.from([1, 3])], false],
  ['group length', [0x00100000, 'UL', 4], [0x00100000, 'UL', 5], true],
  ['an item more', sequence, [0x00081140, 'SQ', [[[0x00081155, 'UI', '2.25.9']]]], false],
  [
    'a value in an item',
    sequence,
    [0x00081140, 'SQ', [[[0x00081155, 'UI', '2.25.9']], [[0x00081155, 'UI', '2.25.11']]]],
    false,
  ],
])('%s: %j and %j', (_, one, other, same) => {
  expect(sameContent(parse(ct([one])), parse(ct([other])))).toBe(same);
  expect(sameContent(parse(ct([other])), parse(ct([one])))).toBe(same);
});

test('what differs in an item is told by its path', () => {
  const other: Element = [
    0x00081140,
    'SQ',
    [[[0x00081155, 'UI', '2.25.9']], [[0x00081155, 'UI', '2.25.11']]],
  ];
  expect(paths(ct([sequence]), ct([other]))).toEqual(['x00081140/1/x00081155']);
});

test('an edited dose of zero is another object', () => {
  expect(paths(ct([[0x30040058, 'DS', '0']]), ct([[0x30040058, 'DS', '00']]))).toEqual(['x30040058']);
});
