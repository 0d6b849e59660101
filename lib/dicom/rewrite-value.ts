import type { Encoding } from './encoding.ts';
import { DicomError } from './errors.ts';
import { longVrs } from './long-vrs.ts';
import { ODD_VR } from './odd-encoding.ts';

export const UNDEFINED_LENGTH = 0xffffffff;
const numbers: Record<string, readonly [size: number, set: keyof DataView & `set${string}`]> = {
  US: [2, 'setUint16'],
  SS: [2, 'setInt16'],
  UL: [4, 'setUint32'],
  SL: [4, 'setInt32'],
  FL: [4, 'setFloat32'],
  FD: [8, 'setFloat64'],
};

/** Bytes from the beginning of an element to its value (PS3.5 tables 7.1-1 to 7.1-3); without a VR it is implicit. */
export const headLength = (vr: string | undefined, { explicit }: Encoding): number =>
  explicit && vr !== undefined && longVrs.has(vr) ? 12 : 8;

/**
 * Tag, VR and length of an element. A value too long for a VR of 16 bits' length goes as UN (PS3.5 6.2.2 note);
 * so does one whose VR is none.
 * @param tag as dicom-parser writes it, `xggggeeee`
 */
export function encodeHead(tag: string, vr: string, length: number, encoding: Encoding): Uint8Array {
  const written = vr === ODD_VR || (length > 0xffff && !longVrs.has(vr)) ? 'UN' : vr;
  const bytes = new Uint8Array(headLength(written, encoding));
  const view = new DataView(bytes.buffer);
  const little = !encoding.bigEndian;
  view.setUint16(0, Number.parseInt(tag.slice(1, 5), 16), little);
  view.setUint16(2, Number.parseInt(tag.slice(5, 9), 16), little);
  if (!encoding.explicit) {
    view.setUint32(4, length, little);
    return bytes;
  }
  bytes[4] = written.charCodeAt(0);
  bytes[5] = written.charCodeAt(1);
  if (bytes.length === 12) view.setUint32(8, length, little);
  else view.setUint16(6, length, little);
  return bytes;
}

/** An item's or a delimiter's head: it has no VR in any encoding (PS3.5 7.5). */
export const encodeItemHead = (tag: string, length: number, encoding: Encoding): Uint8Array =>
  encodeHead(tag, 'UN', length, { ...encoding, explicit: false });

/** A value's bytes by its VR, padded to even length. Text is given as bytes already in its character set. */
export function encodeValue(
  vr: string,
  value: string | number | readonly (string | number)[] | Uint8Array,
  encoding: Encoding,
  text: (text: string) => Uint8Array,
): Uint8Array {
  if (value instanceof Uint8Array) return even(value, 0);
  const values = [value].flat();
  const number = numbers[vr];
  if (number) {
    const [size, set] = number;
    const bytes = new Uint8Array(size * values.length);
    const view = new DataView(bytes.buffer);
    for (const [index, one] of values.entries())
      (view[set] as (at: number, value: number, little: boolean) => void).call(
        view,
        index * size,
        Number(one),
        !encoding.bigEndian,
      );
    return bytes;
  }
  if (vr === 'AT') {
    const words = values.flatMap((tag) => [String(tag).slice(-8, -4), String(tag).slice(-4)]);
    return encodeValue(
      'US',
      words.map((word) => Number.parseInt(word, 16)),
      encoding,
      text,
    );
  }
  if (longVrs.has(vr) && !['UC', 'UR', 'UT', 'UN'].includes(vr))
    throw new DicomError('dicom_unreadable', `${vr} is given as bytes`);
  return even(text(values.join('\\')), vr === 'UI' || vr === 'UN' ? 0 : 0x20);
}

function even(bytes: Uint8Array, pad: number): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  padded[bytes.length] = pad;
  return padded;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
