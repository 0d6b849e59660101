import zlib from 'node:zlib';
import type { DicomJson, DicomJsonElement } from '@/lib/dicom/json.ts';
import { DEFLATED_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';

/** Bytes of a native transfer syntax: explicit or implicit VR, either byte order. */
export type Encoding = { explicit: boolean; bigEndian: boolean };

export const encodingOf = (transferSyntax: string): Encoding => ({
  explicit: transferSyntax !== IMPLICIT_LITTLE_ENDIAN,
  bigEndian: transferSyntax === EXPLICIT_BIG_ENDIAN,
});

/** VRs whose length has 32 bits in explicit encodings (PS3.5 table 7.1-1). */
export const LONG_VRS = new Set([
  ...['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'],
]);

/**
 * DICOM JSON (PS3.18 F) in a native transfer syntax. Text is written as UTF-8, so the caller says ISO_IR 192 in
 * (0008,0005) where there is any beyond ASCII. Bulk data that is only named is left empty.
 */
export function encodeDataSet(json: DicomJson, transferSyntax: string): Buffer {
  const bytes = encodeItems(json, encodingOf(transferSyntax));
  return transferSyntax === DEFLATED_LITTLE_ENDIAN ? zlib.deflateRawSync(bytes) : bytes;
}

function encodeItems(json: DicomJson, encoding: Encoding): Buffer {
  const parts: Buffer[] = [];
  for (const tag of Object.keys(json).sort()) {
    const element = json[tag];
    if (!element || !/^[0-9A-Fa-f]{8}$/.test(tag)) continue;
    const value = encodeValue(element, encoding);
    parts.push(elementHead(tag, element.vr, value.length, encoding), value);
  }
  return Buffer.concat(parts);
}

/** Tag, VR where it is written, and length. */
export function elementHead(tag: string, vr: string, length: number, encoding: Encoding): Buffer {
  const long = !encoding.explicit || LONG_VRS.has(vr);
  const head = Buffer.alloc(encoding.explicit && long ? 12 : 8);
  writeTag(head, tag, encoding);
  if (encoding.explicit) head.write(vr, 4, 2, 'latin1');
  if (!long) uint16(head, length, 6, encoding);
  else uint32(head, length, encoding.explicit ? 8 : 4, encoding);
  return head;
}

export function writeTag(target: Buffer, tag: string, encoding: Encoding): void {
  uint16(target, Number.parseInt(tag.slice(0, 4), 16), 0, encoding);
  uint16(target, Number.parseInt(tag.slice(4), 16), 2, encoding);
}

function uint16(target: Buffer, value: number, at: number, { bigEndian }: Encoding): void {
  if (bigEndian) target.writeUInt16BE(value, at);
  else target.writeUInt16LE(value, at);
}

function uint32(target: Buffer, value: number, at: number, { bigEndian }: Encoding): void {
  if (bigEndian) target.writeUInt32BE(value, at);
  else target.writeUInt32LE(value, at);
}

const NUMBERS: Record<
  string,
  { size: number; write: (view: DataView, value: number, little: boolean) => void }
> = {
  US: { size: 2, write: (view, value, little) => view.setUint16(0, value, little) },
  SS: { size: 2, write: (view, value, little) => view.setInt16(0, value, little) },
  UL: { size: 4, write: (view, value, little) => view.setUint32(0, value, little) },
  SL: { size: 4, write: (view, value, little) => view.setInt32(0, value, little) },
  FL: { size: 4, write: (view, value, little) => view.setFloat32(0, value, little) },
  FD: { size: 8, write: (view, value, little) => view.setFloat64(0, value, little) },
};

function encodeValue(element: DicomJsonElement, encoding: Encoding): Buffer {
  const { vr, Value: values = [] } = element;
  if (element.InlineBinary !== undefined) return even(Buffer.from(element.InlineBinary, 'base64'), 0);
  if (vr === 'SQ') return Buffer.concat(values.flatMap((item) => encodeItem(item as DicomJson, encoding)));
  const number = NUMBERS[vr];
  if (number) {
    return Buffer.concat(
      values.map((value) => {
        const view = new DataView(new ArrayBuffer(number.size));
        number.write(view, Number(value ?? 0), !encoding.bigEndian);
        return Buffer.from(view.buffer);
      }),
    );
  }
  if (vr === 'AT') {
    return Buffer.concat(
      values.map((value) => {
        const tag = Buffer.alloc(4);
        writeTag(tag, String(value), encoding);
        return tag;
      }),
    );
  }
  const text = values.map((value) => (vr === 'PN' ? personName(value) : String(value ?? ''))).join('\\');
  return even(Buffer.from(text, 'utf8'), vr === 'UI' ? 0 : 0x20);
}

function encodeItem(item: DicomJson, encoding: Encoding): Buffer[] {
  const bytes = encodeItems(item, encoding);
  const head = Buffer.alloc(8);
  writeTag(head, 'FFFEE000', encoding);
  uint32(head, bytes.length, 4, encoding);
  return [head, bytes];
}

/** The groups of a person's name (PS3.5 6.2.1), without empty ones at the end. */
export function personName(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Alphabetic = '', Ideographic = '', Phonetic = '' } = (value ?? {}) as Record<string, string>;
  return [Alphabetic, Ideographic, Phonetic].join('=').replace(/=+$/, '');
}

const even = (bytes: Buffer, pad: number): Buffer =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([pad])]);
