import type { DataSet, Element } from 'dicom-parser';
import { vrOf } from '@/lib/dicom/json-keywords.ts';
import { longVrs } from '@/lib/dicom/long-vrs.ts';

/** Bytes that turn round between big and little endian. */
const WORD: Record<string, number> = {
  AT: 2,
  OW: 2,
  SS: 2,
  US: 2,
  FL: 4,
  OF: 4,
  OL: 4,
  SL: 4,
  UL: 4,
  FD: 8,
  OD: 8,
  OV: 8,
  SV: 8,
  UV: 8,
};

export type Replacements = ReadonlyMap<string, { vr: string; value: Buffer } | undefined>;

/**
 * Writes a data set as Explicit VR Little Endian (PS3.5 A.2), sequences with defined lengths, values as they are.
 * Elements of group 2 and group lengths are left out.
 * @param replace by tag (`x00280004`): what stands instead of or beside the data set's own; undefined leaves it out
 */
export function writeExplicit(
  dataSet: DataSet,
  bigEndian: boolean,
  replace: Replacements = new Map(),
  signed = dataSet.uint16('x00280103') === 1,
): Buffer {
  const tags = [...new Set([...Object.keys(dataSet.elements), ...replace.keys()])].sort();
  const chunks: Buffer[] = [];
  for (const key of tags) {
    if (key.startsWith('x0002') || key.startsWith('xfffe') || (key.endsWith('0000') && key !== 'x00000000'))
      continue;
    const other = replace.get(key);
    if (replace.has(key)) {
      if (other) chunks.push(...written(key, other.vr, [other.value]));
      continue;
    }
    const element = dataSet.elements[key];
    if (element) chunks.push(...copied(dataSet, key, element, bigEndian, signed));
  }
  return Buffer.concat(chunks);
}

function copied(
  dataSet: DataSet,
  key: string,
  element: Element,
  bigEndian: boolean,
  signed: boolean,
): Buffer[] {
  if (element.items) {
    const items = element.items.flatMap((item) => {
      const bytes = item.dataSet
        ? writeExplicit(item.dataSet, bigEndian, new Map(), signed)
        : Buffer.alloc(0);
      const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
      head.writeUInt32LE(bytes.length, 4);
      return [head, bytes];
    });
    return written(key, 'SQ', items);
  }
  const vr = representation(key, element, signed);
  const bytes = Buffer.from(
    dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length),
  );
  const word = bigEndian ? (WORD[vr] ?? 1) : 1;
  if (word > 1 && bytes.length % word === 0) {
    if (word === 2) bytes.swap16();
    else if (word === 4) bytes.swap32();
    else bytes.swap64();
  }
  // A value too long for a short length field can only stand as unknown (PS3.5 6.2.2).
  return written(key, longVrs.has(vr) || bytes.length < 0xffff ? vr : 'UN', [bytes]);
}

function representation(key: string, element: Element, signed: boolean): string {
  const known = element.vr ?? vrOf(key.slice(1).toUpperCase());
  if (known === 'xs') return signed ? 'SS' : 'US';
  if (known === 'ox') return 'OW';
  return known && /^[A-Z]{2}$/.test(known) ? known : 'UN';
}

function written(key: string, vr: string, value: readonly Buffer[]): Buffer[] {
  const length = value.reduce((sum, one) => sum + one.length, 0);
  const odd = length % 2;
  const head = Buffer.alloc(longVrs.has(vr) ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(key.slice(1, 5), 16), 0);
  head.writeUInt16LE(Number.parseInt(key.slice(5), 16), 2);
  head.write(vr, 4, 'latin1');
  if (longVrs.has(vr)) head.writeUInt32LE(length + odd, 8);
  else head.writeUInt16LE(length + odd, 6);
  const pad = Buffer.from([/^(OB|OW|OD|OF|OL|OV|UI|UN)$/.test(vr) ? 0 : 0x20]);
  return odd ? [head, ...value, pad] : [head, ...value];
}
