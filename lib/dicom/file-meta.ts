import dicomParser, { type Element } from 'dicom-parser';
import { ElementReader } from './element-reader.ts';
import { longVrs } from './long-vrs.ts';

export type FileMeta = { elements: Record<string, Element>; transferSyntaxUid: string; end: number };

/**
 * The file meta group (PS3.10 7.1), which is always little endian; its own length may be wrong and is not used.
 * Undefined when the bytes end within it.
 * @throws DicomError
 */
export function readFileMeta(bytes: Uint8Array, from: number): FileMeta | undefined {
  const end = endOfFileMeta(bytes, from);
  if (end === undefined || end > bytes.length) return undefined;
  const explicit = looksExplicit(bytes, from);
  if (end === from) return { elements: {}, transferSyntaxUid: '', end };
  const reader = new ElementReader(bytes.subarray(0, end), from, { explicit, bigEndian: false });
  reader.run();
  const { elements } = reader.dataSet;
  // The rest of the file may be big endian.
  for (const element of Object.values(elements))
    Object.assign(element, { parser: dicomParser.littleEndianByteArrayParser });
  const uid = reader.dataSet.string('x00020010') ?? '';
  return { elements, transferSyntaxUid: uid.split('\0')[0]?.trim() ?? '', end };
}

/** Where the group ends, which may be behind the bytes; undefined when they end within an element's head. */
export function endOfFileMeta(bytes: Uint8Array, from: number): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const explicit = looksExplicit(bytes, from);
  let end = from;
  while (end + 8 <= bytes.length && view.getUint16(end, true) === 2) {
    const vr = String.fromCharCode(bytes[end + 4] ?? 0, bytes[end + 5] ?? 0);
    if (!explicit) end += 8 + view.getUint32(end + 4, true);
    else if (!longVrs.has(vr)) end += 8 + view.getUint16(end + 6, true);
    else if (end + 12 <= bytes.length) end += 12 + view.getUint32(end + 8, true);
    else return undefined;
  }
  return end;
}

/** Two capital letters where a VR would stand. */
export const looksExplicit = (bytes: Uint8Array, at: number): boolean =>
  isCapital(bytes[at + 4]) && isCapital(bytes[at + 5]);

const isCapital = (byte = 0): boolean => byte >= 65 && byte <= 90;
