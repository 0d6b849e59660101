import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeCt } from '../../tests/fixtures/dicom.ts';
import { type Element, part10 } from '../../tests/fixtures/dicom-writer.ts';
import { MAX_DEPTH, MAX_ELEMENTS } from './element-reader.ts';
import { DicomError } from './errors.ts';
import { instanceHeader } from './instance-header.ts';
import { toDicomJson } from './json.ts';
import { headerSteps, parseHeader } from './parse-header.ts';

const parse = (bytes: Uint8Array) =>
  parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
const outcome = (bytes: Uint8Array): string => {
  try {
    instanceHeader(parse(bytes));
    return 'taken';
  } catch (error) {
    return error instanceof DicomError ? error.message : `NOT A REASON: ${error}`;
  }
};
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
/** A CT with these bytes before its Patient's Name. */
function withBytes(extra: Buffer): Buffer {
  const whole = makeCt();
  const at = whole.indexOf(hex('10001000 504e'));
  return Buffer.concat([whole.subarray(0, at), extra, whole.subarray(at)]);
}
const openSequence = hex('08004011 5351 0000 ffffffff feff00e0 ffffffff');
const closeSequence = hex('feff0de0 00000000 feffdde0 00000000');
const nested = (depth: number) =>
  withBytes(
    Buffer.concat([
      ...Array.from({ length: depth }, () => openSequence),
      ...Array.from({ length: depth }, () => closeSequence),
    ]),
  );

describe('nesting', () => {
  test('as deep as is allowed is read, and comes out as JSON', () => {
    const bytes = nested(MAX_DEPTH);
    expect(outcome(bytes)).toBe('taken');
    expect(JSON.stringify(toDicomJson(parse(bytes).dataSet, String)).length).toBeGreaterThan(MAX_DEPTH * 10);
  });

  test.each([MAX_DEPTH + 10, 5_000, 200_000])('%i deep is refused', (depth) => {
    expect(outcome(nested(depth))).toBe('dicom_unreadable: nested too deeply');
  });

  test('also where UN holds implicit VR (PS3.5 6.2.2)', () => {
    const open = hex('01000900 554e 0000 ffffffff feff00e0 ffffffff');
    const inner = hex('01000900 ffffffff feff00e0 ffffffff');
    const deep = withBytes(Buffer.concat([open, ...Array.from({ length: 5_000 }, () => inner)]));
    expect(outcome(deep)).toBe('dicom_unreadable: nested too deeply');
  });
});

describe('lengths', () => {
  test.each([
    ['a value longer than the file', hex('08008100 4c4f ffff'), 'dicom_truncated: ends within (0008,0081)'],
    ['of four gigabytes', hex('08008100 5554 0000 fefffffe'), 'dicom_truncated: ends within (0008,0081)'],
    [
      'an element longer than its item',
      hex('08004011 5351 0000 12000000 feff00e0 0a000000 08005511 5549 0400 3132'),
      'dicom_unreadable: (0008,1155) is longer than what it stands in',
    ],
    [
      'an item longer than its sequence',
      hex('08004011 5351 0000 0a000000 feff00e0 0a000000 08005511 5549 0200 3132'),
      'dicom_unreadable: (FFFE,E000) is longer than what it stands in',
    ],
    [
      'a sequence without items',
      hex('08004011 5351 0000 08000000 08005511 5549 0000'),
      'dicom_unreadable: x00081140: (0008,1155) instead of an item',
    ],
    [
      'text of undefined length',
      hex('08008100 5554 0000 ffffffff'),
      'dicom_unreadable: (0008,0081): UT of undefined length',
    ],
    ['a stray delimiter', hex('feffdde0 00000000'), 'dicom_unreadable: (FFFE,E0DD) out of its place'],
    ['no VR', hex('08008100 0101 0400 31323334'), 'dicom_unreadable: (0008,0081) has no VR'],
  ])('%s', (_, bytes, reason) => expect(outcome(withBytes(bytes))).toBe(reason));

  test('64-bit numbers have 32-bit lengths (PS3.5 7.1.2)', () => {
    const bytes = withBytes(hex('08008200 5556 0000 08000000 0100000000000000'));
    expect(parse(bytes).dataSet.elements.x00080082).toMatchObject({ vr: 'UV', length: 8 });
    expect(outcome(bytes)).toBe('taken');
  });

  test('null bytes at the end are padding', () => {
    const plain = part10({
      sopClassUid: '1.2.3',
      sopInstanceUid: '2.25.1',
      elements: [
        [0x0020000d, 'UI', '2.25.2'],
        [0x0020000e, 'UI', '2.25.3'],
      ],
    });
    expect(outcome(Buffer.concat([plain, Buffer.alloc(50)]))).toBe('taken');
    expect(outcome(Buffer.concat([plain, Buffer.alloc(50), Buffer.from('x')]))).toMatch(/unreadable/);
  });
});

describe('a tag that stands twice', () => {
  const id = (value: string) => Buffer.concat([hex('10002000 4c4f 0600'), Buffer.from(value)]);

  test('with two Patient IDs is nobody’s', () => {
    expect(outcome(withBytes(id('OTHER1')))).toBe(
      'dicom_ambiguous: (0010,0020) stands twice, with two values',
    );
  });

  test('with one value says nothing new', () => expect(outcome(withBytes(id('TEST-1')))).toBe('taken'));
});

describe('numbers of things', () => {
  test('more than a million elements are refused', () => {
    const element = hex('08004011 5351 0000 ffffffff');
    const items = Buffer.alloc(8 * (MAX_ELEMENTS + 1), hex('feff00e0 00000000'));
    expect(outcome(withBytes(Buffer.concat([element, items, closeSequence.subarray(8)])))).toBe(
      'dicom_unreadable: too many elements',
    );
  });

  test('steps hold nobody up: no more elements in one than were asked for', () => {
    const items = Buffer.alloc(8 * 1000, hex('feff00e0 00000000'));
    const bytes = withBytes(Buffer.concat([openSequence.subarray(0, 12), items, closeSequence.subarray(8)]));
    const steps = headerSteps(bytes, bytes.length, 100);
    let count = 1;
    while (!steps.next().done) count += 1;
    expect(count).toBeGreaterThan(20);
  });
});

describe('values that no one can use', () => {
  const ct = (...extra: Element[]) => makeCt({ extra });

  test.each<[string, Buffer, string | RegExp]>([
    ['two thousand million frames', makeEncapsulated('2000000000'), 'dicom_truncated: 2000000000 frames'],
    ['frames that are no number', makeEncapsulated('many'), 'taken'],
    ['a negative number of frames', makeEncapsulated('-5'), 'taken'],
    ['rows of one byte', makeEncapsulated('1', Buffer.alloc(0)), 'taken'],
    ['an identifier of 60 kB', makeCt({ patientId: 'x'.repeat(60_000) }), /^dicom_unreadable: an identifier/],
    ['a description of 60 kB', makeCt({ studyDescription: 'é'.repeat(30_000) }), 'taken'],
    ['a UID of path characters', makeCt({ studyUid: '../../etc/passwd' }), /^dicom_invalid_uid/],
    ['a UID with a null in it', makeCt({ studyUid: '1.2\0.3' }), /^dicom_invalid_uid/],
    ['a UID padded with nulls', makeCt({ studyUid: '1.2.3\0\0\0' }), 'taken'],
    ['a UID of 60 kB', makeCt({ studyUid: `1.${'2'.repeat(60_000)}` }), /^dicom_invalid_uid/],
    ['no UID', makeCt({ sopUid: '' }), /^dicom_missing_uid/],
    ['a UID of spaces', makeCt({ seriesUid: '    ' }), /^dicom_missing_uid/],
    ['a private element', ct([0x00091001, 'UN', Buffer.alloc(40, 7)]), 'taken'],
  ])('%s', (_, bytes, reason) => {
    if (typeof reason === 'string') expect(outcome(bytes)).toBe(reason);
    else expect(outcome(bytes)).toMatch(reason);
  });

  test('what the index keeps of a long description fits it', () => {
    const { studyDescription } = instanceHeader(parse(makeCt({ studyDescription: 'é'.repeat(30_000) })));
    expect(studyDescription).toHaveLength(512);
  });
});

function makeEncapsulated(frames: string, rows: Buffer = Buffer.from([1, 0])): Buffer {
  return part10({
    sopClassUid: '1.2.3',
    sopInstanceUid: '2.25.1',
    transferSyntaxUid: '1.2.840.10008.1.2.4.50',
    elements: [
      [0x0020000d, 'UI', '2.25.2'],
      [0x0020000e, 'UI', '2.25.3'],
      [0x00280008, 'IS', frames],
      [0x00280010, 'US', rows],
      [0x7fe00010, 'OB', hex('feff00e0 00000000 feff00e0 02000000 ffd8 feffdde0 00000000')],
    ],
  });
}
