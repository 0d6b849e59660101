import fs from 'node:fs';
import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { DicomError } from '@/lib/dicom/errors.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { parseStructureSet } from '@/lib/dicom/rtstruct.ts';

const file = fs.readFileSync('../shared/data/ct_rtstruct_lung1_001/RTSTRUCT_LUNG1-001.dcm');
const parse = (bytes: Uint8Array, size: number) =>
  parseHeader(bytes, size, (packed) => zlib.inflateRawSync(packed));

test('a real structure set keeps every contour', () => {
  const set = parseStructureSet(toDicomJson(parse(file, file.length).dataSet, () => ''));
  expect(set.rois.map((roi) => [roi.name, roi.contours.length])).toEqual([
    ['GTV-1', 21],
    ['Spinal-Cord', 84],
    ['Lung-Left', 139],
    ['Lung-Right', 114],
  ]);
});

test.each([0.1, 0.17, 0.2, 0.5, 0.9])(
  'cut to %f of its length it is refused, as a file and as a head',
  (share) => {
    const cut = file.subarray(0, Math.floor(file.length * share));
    for (const size of [cut.length, file.length]) {
      expect(() => parse(cut, size)).toThrow(DicomError);
      expect(() => parse(cut, size)).toThrow(/truncated/);
    }
  },
);
