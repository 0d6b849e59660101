import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeCt } from '../../tests/fixtures/dicom.ts';
import { part10 } from '../../tests/fixtures/dicom-writer.ts';
import { DicomError } from './errors.ts';
import { hasPixels, parseHeader } from './parse-header.ts';

const inflate = (bytes: Uint8Array) => zlib.inflateRawSync(bytes);
const parse = (bytes: Uint8Array, total = bytes.length) => parseHeader(bytes, total, inflate);
const reasonOf = (bytes: Uint8Array, total?: number): string => {
  try {
    parse(bytes, total);
    return 'taken';
  } catch (error) {
    return error instanceof DicomError ? error.code : String(error);
  }
};
const ct = makeCt({ sopUid: '2.25.7' });
const metaEnd = 144 + ct.readUInt32LE(140);

test('a whole file', () => {
  const { dataSet, transferSyntaxUid, pixelData } = parse(ct);
  expect(dataSet.string('x00080018')).toBe('2.25.7');
  expect(transferSyntaxUid).toBe('1.2.840.10008.1.2.1');
  expect(pixelData?.length).toBe(32);
  expect(hasPixels(dataSet)).toBe(true);
});

test('only its head, when told how long it is', () => {
  expect(parse(ct.subarray(0, ct.length - 32), ct.length).pixelData?.length).toBe(32);
});

describe('forgiven', () => {
  test.each([
    ['no preamble', ct.subarray(132)],
    ['no preamble and no meta group', ct.subarray(metaEnd)],
  ])('%s', (_, bytes) => {
    expect(parse(bytes).dataSet.string('x00080018')).toBe('2.25.7');
  });

  test('deflated', () => {
    const head = part10({
      sopClassUid: '1.2.3',
      sopInstanceUid: '2.25.8',
      transferSyntaxUid: '1.2.840.10008.1.2.1.99',
      elements: [],
    });
    const end = 144 + head.readUInt32LE(140);
    const packed = Buffer.concat([head.subarray(0, end), zlib.deflateRawSync(ct.subarray(metaEnd))]);
    expect(parse(packed).dataSet.string('x00080018')).toBe('2.25.7');
  });
});

test.each([
  ['not_dicom', Buffer.alloc(0)],
  ['not_dicom', Buffer.from('%PDF-1.7 no DICOM at all')],
  ['not_dicom', Buffer.alloc(200)],
  ['dicom_truncated', ct.subarray(0, ct.length - 10)],
  ['dicom_truncated', makeCt({ extra: [[0x00280008, 'IS', '9']] })],
  [
    'dicom_dicomdir',
    part10({ sopClassUid: '1.2.3', sopInstanceUid: '2.25.1', elements: [[0x00041220, 'SQ', []]] }),
  ],
])('%s', (code, bytes) => expect(reasonOf(bytes)).toBe(code));

describe('what is cut is never taken for whole', () => {
  const plain = part10({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.481.3',
    sopInstanceUid: '2.25.9',
    elements: [[0x00200052, 'UI', '2.25.10']],
  });

  test('a sequence of undefined length without its end', () => {
    const opened = Buffer.from('0630390053510000fffffffffeff00e0ffffffff', 'hex');
    const inside = Buffer.from('0630840049530200', 'hex');
    const ends = Buffer.from('feff0de000000000feffdde000000000', 'hex');
    const whole = Buffer.concat([plain, opened, inside, Buffer.from('1 '), ends]);
    expect(parse(whole).dataSet.elements.x30060039?.items).toHaveLength(1);
    expect(reasonOf(whole.subarray(0, whole.length - ends.length))).toBe('dicom_truncated');
  });

  test('the head of an object without pixels, even where it ends between two elements', () => {
    const longer = Buffer.concat([plain, Buffer.from('0630020053480400', 'hex'), Buffer.from('ISRT')]);
    expect(() => parse(longer.subarray(0, plain.length), longer.length)).toThrow('the header goes on');
    expect(parse(longer).dataSet.string('x30060002')).toBe('ISRT');
  });
});

test('a damaged file is not one of the other byte order for what its first element looks like', () => {
  // (2000,0D00) in little endian, which fits nothing; big endian it is (0020,000D), 4096 bytes long, and all there is.
  const first = Buffer.from([0x00, 0x20, 0x00, 0x0d, 0x43, 0x53, 0x10, 0x00]);
  const endless = Buffer.from([0x01, 0x20, 0x10, 0x00, 0x4c, 0x4f, 0x00, 0xf0]);
  const rest = Buffer.concat([Buffer.alloc(16, 0x20), endless], 4096);
  expect(reasonOf(Buffer.concat([ct.subarray(0, metaEnd), first, rest]))).toBe('dicom_truncated');
});
