import zlib from 'node:zlib';
import { type Encoding, encodingOf } from '@/lib/dicom/encoding.ts';
import type { DicomJson, DicomJsonElement } from '@/lib/dicom/json.ts';
import { joinedName, type NameGroups } from '@/lib/dicom/person-name.ts';
import { encodeHead, encodeItemHead, encodeValue } from '@/lib/dicom/rewrite-value.ts';
import { DEFLATED_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';

/**
 * DICOM JSON (PS3.18 F) in a native transfer syntax. Text is written as UTF-8, so the caller says ISO_IR 192 in
 * (0008,0005) where there is any beyond ASCII. Bulk data that is only named is left empty.
 */
export function encodeDataSet(json: DicomJson, transferSyntax: string): Buffer {
  const bytes = encodeItems(json, encodingOf(transferSyntax));
  return transferSyntax === DEFLATED_LITTLE_ENDIAN ? zlib.deflateRawSync(bytes) : bytes;
}

function encodeItems(json: DicomJson, encoding: Encoding): Buffer {
  const parts: Uint8Array[] = [];
  for (const tag of Object.keys(json).sort()) {
    const element = json[tag];
    if (!element || !/^[0-9A-Fa-f]{8}$/.test(tag)) continue;
    const value = encodeElement(element, encoding);
    parts.push(encodeHead(`x${tag}`, element.vr, value.length, encoding), value);
  }
  return Buffer.concat(parts);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function encodeElement(element: DicomJsonElement, encoding: Encoding): Uint8Array {
  const { vr, Value: values = [] } = element;
  if (element.InlineBinary !== undefined)
    return encodeValue(vr, Buffer.from(element.InlineBinary, 'base64'), encoding, utf8);
  if (vr === 'SQ') return Buffer.concat(values.flatMap((item) => encodeItem(item as DicomJson, encoding)));
  if (values.length === 0) return new Uint8Array();
  const plain = values.map((value) => (vr === 'PN' ? personName(value) : (value ?? '')));
  return encodeValue(vr, plain as (string | number)[], encoding, utf8);
}

function encodeItem(item: DicomJson, encoding: Encoding): Uint8Array[] {
  const bytes = encodeItems(item, encoding);
  return [encodeItemHead('xfffee000', bytes.length, encoding), bytes];
}

/** The groups of a person's name (PS3.5 6.2.1), without empty ones at the end. */
export function personName(value: unknown): string {
  return typeof value === 'string' ? value : joinedName((value ?? {}) as NameGroups);
}
