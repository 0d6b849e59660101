import { describe, expect, test } from 'vitest';
import { choosePixels, chooseType, parseAccept } from './accept.ts';

const DICOM = ['application/dicom'];
const LITTLE = '1.2.840.10008.1.2.1';
const JPEG_LS = '1.2.840.10008.1.2.4.80';

test('ranges come by their q, then in the client’s order; q=0 is not wanted (RFC 9110 12.5.1)', () => {
  const ranges = parseAccept('image/png;q=0.5, image/jpeg;q=0, image/webp, */*;q=0.1');
  expect(ranges.map(({ type }) => type)).toEqual(['image/webp', 'image/png', '*/*']);
  expect(chooseType(ranges, ['image/jpeg', 'image/png'])).toBe('image/png');
});

test('a comma or semicolon in quotes parts nothing', () => {
  const [range] = parseAccept('multipart/related; type="application/dicom"; transfer-syntax="*"');
  expect(range).toEqual({ type: 'multipart/related', part: 'application/dicom', transferSyntax: '*', q: 1 });
});

describe('transfer syntaxes', () => {
  test.each([
    ['multipart/related; type="application/dicom"', [JPEG_LS], 'stored'],
    ['multipart/related; type="application/dicom"; transfer-syntax=*', [JPEG_LS], 'stored'],
    [`multipart/related; type="application/dicom"; transfer-syntax=${JPEG_LS}`, [JPEG_LS], 'stored'],
    [`multipart/related; type="application/dicom"; transfer-syntax=${LITTLE}`, [JPEG_LS], 'native'],
    [`multipart/related; type="application/dicom"; transfer-syntax=${JPEG_LS}`, [LITTLE], undefined],
    [
      `application/dicom; transfer-syntax=${JPEG_LS}, application/dicom; transfer-syntax=*; q=0.1`,
      [LITTLE],
      'stored',
    ],
    [`multipart/related; transfer-syntax=${LITTLE}`, [LITTLE, JPEG_LS], 'native'],
  ])('%s of %s: %s', (header, stored, expected) => {
    expect(choosePixels(parseAccept(header), stored, DICOM, true)?.transferSyntax).toBe(expected);
  });

  test('several instances do not fit into one body', () => {
    expect(choosePixels(parseAccept('application/dicom'), [LITTLE], DICOM, false)).toBeUndefined();
    expect(choosePixels(parseAccept('*/*'), [LITTLE], DICOM, false)).toMatchObject({ multipart: true });
  });
});
