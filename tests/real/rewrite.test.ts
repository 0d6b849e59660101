import fs from 'node:fs';
import path from 'node:path';
import type { DataSet } from 'dicom-parser';
import { describe, expect, test } from 'vitest';
import { defaultDeidentifyOptions } from '@/lib/deidentify/schema.ts';
import { decodeText } from '@/lib/dicom/charset.ts';
import { DicomError } from '@/lib/dicom/errors.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { CHARACTER_SET_VRS } from '@/lib/dicom/rewrite-text.ts';
import { DEFLATED_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { deidentifiedObject } from '@/lib/store/deidentified-object.server.ts';
import { dataSetOffset } from '@/lib/store/open-data-set.server.ts';
import { inflate, readBlobHeader } from '@/lib/store/read-header.server.ts';
import { rewriteBlob } from '@/lib/store/rewrite-blob.server.ts';

const root = '../shared/data';
const files = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => path.join(root, name))
  .filter((file) => fs.statSync(file).isFile() && !/\.(json|md|sha256|txt|csv|gz|nii)$/.test(file))
  .sort();
const SECRET = new TextEncoder().encode('a secret of the test');

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

/** Files that a header can be read of; the others are not for rewriting. */
async function readable(file: string) {
  try {
    return await readBlobHeader(file);
  } catch (error) {
    if (error instanceof DicomError) return undefined;
    throw error;
  }
}

/** The data set's bytes as they were, group lengths of its top level cut out (each 12 bytes in every encoding). */
function withoutGroupLengths(bytes: Buffer, start: number, dataSet: DataSet, header: number): Buffer {
  const cuts = Object.values(dataSet.elements)
    .filter(({ tag }) => tag.endsWith('0000') && !tag.startsWith('x0002'))
    .map(({ dataOffset }) => dataOffset - 8)
    .sort((a, b) => a - b);
  const parts: Buffer[] = [];
  let at = start;
  for (const cut of cuts) {
    parts.push(bytes.subarray(at, cut));
    at = cut + 12;
  }
  parts.push(bytes.subarray(at));
  expect(header).toBeGreaterThan(0);
  return Buffer.concat(parts);
}

test('every real object comes out of rewriting without edits with the bytes it had, but for group lengths', async () => {
  const counts = { same: 0, unreadable: 0, withoutUid: 0 };
  for (const file of files) {
    const parsed = await readable(file);
    if (!parsed) {
      counts.unreadable += 1;
      continue;
    }
    try {
      const rewritten = await rewriteBlob(file, {});
      const after = await bytesOf(rewritten.dataSet());
      const bytes = fs.readFileSync(file);
      const inflated = parsed.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN;
      const source = inflated ? Buffer.from(parsed.dataSet.byteArray) : bytes;
      const expected = withoutGroupLengths(source, dataSetOffset(bytes), parsed.dataSet, parsed.size);
      // Zeros behind the last element are a writer's padding and no part of the data set.
      const padding = expected.subarray(after.length);
      expect(after.equals(expected.subarray(0, after.length)), file).toBe(true);
      expect(
        padding.every((byte) => byte === 0),
        `${file}: ${padding.length} bytes at the end`,
      ).toBe(true);
      expect(rewritten.size, file).toBe((await bytesOf(rewritten.part10())).length);
      counts.same += 1;
    } catch (error) {
      if (!(error instanceof DicomError)) throw error;
      // Fragments of objects, which the store would not take either.
      expect(error.code, file).toBe('dicom_missing_uid');
      counts.withoutUid += 1;
    }
  }
  expect(counts.same).toBeGreaterThan(1000);
  expect(counts.withoutUid).toBeLessThan(20);
}, 300_000);

describe('every real object de-identified', () => {
  test('can be read again, and no name, identifier or UID of the original is in its header', async () => {
    let done = 0;
    const leaks: string[] = [];
    for (const file of files) {
      const parsed = await readable(file);
      if (!parsed?.dataSet.string('x00080016') || !parsed.dataSet.string('x00080018')) continue;
      const object = await deidentifiedObject(file, defaultDeidentifyOptions, SECRET, 'centre');
      const bytes = await bytesOf(object.part10());
      const { dataSet, pixelData } = parseHeader(bytes, bytes.length, inflate);
      expect(dataSet.string('x00120062'), file).toBe('YES');
      const header = bytes.subarray(0, pixelData?.dataOffset ?? bytes.length).toString('latin1');
      for (const secret of secretsOf(parsed.dataSet))
        if (header.includes(secret)) leaks.push(`${file}: ${secret}`);
      done += 1;
    }
    expect(leaks).toEqual([]);
    expect(done).toBeGreaterThan(1000);
  }, 300_000);
});

/** What must not be found any more: names and identifiers as they were written, UIDs of every level. */
function secretsOf(dataSet: DataSet): string[] {
  const tags = [
    'x00100010',
    'x00100020',
    'x00080050',
    'x00080090',
    'x00081070',
    'x0020000d',
    'x0020000e',
    'x00080018',
    'x00200052',
  ];
  return tags.flatMap((tag) => {
    const element = dataSet.elements[tag];
    if (!element || element.length === 0) return [];
    const raw = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
    const text = Buffer.from(raw)
      .toString('latin1')
      .replace(/[\0 ]+$/, '');
    const decoded = CHARACTER_SET_VRS.has(element.vr ?? '')
      ? decodeText(raw as Uint8Array, dataSet.string('x00080005'), 'PN')
      : '';
    return [text, Buffer.from(decoded.trim(), 'utf8').toString('latin1')].filter(
      (one) => one.length > 5 && !one.startsWith('1.2.840.10008.') && !/^(ANON|REMOVED)/i.test(one),
    );
  });
}
