import fs from 'node:fs';
import dicomParser from 'dicom-parser';
import { expect, test } from 'vitest';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { lookedUp, modalityTable } from '@/lib/dicom/modality-lut.ts';
import { modality } from '@/lib/store/render-header.ts';
import { DATA } from './read-volume.ts';

test('twelve signed bits through a table: the viewer’s values are those that the server draws', () => {
  const bytes = fs.readFileSync(`${DATA}/ts_zoo/pydicom-data/mlut_18.dcm`);
  const dataSet = dicomParser.parseDicom(bytes);
  const header = toDicomJson(dataSet, () => '');
  const pixels = dataSet.elements.x7fe00010;
  if (!pixels) throw new Error('No pixels');
  const words = bytes.subarray(pixels.dataOffset, pixels.dataOffset + pixels.length);
  const stored = Int16Array.from(
    { length: words.length / 2 },
    (_, at) => (words.readInt16LE(2 * at) << 20) >> 20,
  );
  const table = modalityTable(header, null);
  expect([table.first, table.entries.length]).toEqual([-2048, 4096]);
  const values = lookedUp(stored, table, { bitsStored: 12, signed: true });
  const server = modality(dataSet, 1);
  expect(values.every((value, at) => value === server(stored[at] ?? 0))).toBe(true);
  expect(new Set(values).size).toBeGreaterThan(100);
});
