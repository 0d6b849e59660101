import { describe, expect, test } from 'vitest';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { decodeDataSet } from './decode-data-set.ts';
import { encodeDataSet } from './encode-data-set.ts';
import { DimseError } from './errors.ts';
import { peekUids } from './peek-uids.ts';
import { transcode } from './transcode.ts';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG = '1.2.840.10008.1.2.2';
const natives = [IMPLICIT, EXPLICIT, DEFLATED, BIG];

const json: DicomJson = {
  '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
  '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
  '00080018': { vr: 'UI', Value: ['1.2.3.4.5'] },
  '00081140': {
    vr: 'SQ',
    Value: [{ '00081155': { vr: 'UI', Value: ['1.2.3'] } }, { '00081155': { vr: 'UI', Value: ['1.2.4'] } }],
  },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' }] },
  '00100020': { vr: 'LO', Value: ['Ä-1'] },
  '00189087': { vr: 'FD', Value: [1.5] },
  '00209165': { vr: 'AT', Value: ['00189087'] },
  '00280010': { vr: 'US', Value: [512] },
  '00281050': { vr: 'DS', Value: [40, -600] },
};

describe('the same values in every native transfer syntax (PS3.5 A.1 to A.5)', () => {
  test.each(natives)('written and read in %s', (syntax) => {
    expect(decodeDataSet(encodeDataSet(json, syntax), syntax)).toEqual(json);
  });

  test.each(natives.flatMap((from) => natives.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    expect(decodeDataSet(transcode(encodeDataSet(json, from), from, to), to)).toEqual(json);
  });

  test.each(natives)('the two UIDs are seen in the first bytes of %s', (syntax) => {
    expect(peekUids(encodeDataSet(json, syntax), syntax)).toEqual({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUid: '1.2.3.4.5',
    });
  });
});

test('pixels of 16 bits change places between the byte orders', () => {
  const pixels: DicomJson = {
    '7FE00010': { vr: 'OW', InlineBinary: Buffer.from([1, 2, 3, 4]).toString('base64') },
  };
  const big = transcode(encodeDataSet(pixels, EXPLICIT), EXPLICIT, BIG);
  expect([...big.subarray(-4)]).toEqual([2, 1, 4, 3]);
});

test('bytes that are no data set are a protocol error', () => {
  for (const syntax of natives) {
    const noise = Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 7919) % 251));
    expect(() => transcode(noise, syntax, EXPLICIT === syntax ? IMPLICIT : EXPLICIT)).toThrow(DimseError);
  }
});
