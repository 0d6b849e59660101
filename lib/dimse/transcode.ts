import zlib from 'node:zlib';
import type { DataSet, Element } from 'dicom-parser';
import { dictionaryVr } from '@/lib/dicom/dictionary.ts';
import { type Encoding, encodingOf } from '@/lib/dicom/encoding.ts';
import { encodeHead, encodeItemHead } from '@/lib/dicom/rewrite-value.ts';
import { DEFLATED_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN, isNative } from '@/lib/dicom/uids.ts';
import { parseDataSet } from './decode-data-set.ts';
import { DimseError } from './errors.ts';

/** Longer data sets are not written anew: they would be held in memory whole. */
export const MAX_TRANSCODED_BYTES = 512 * 1024 * 1024;

/** Bytes of one number, for VRs whose bytes change places between the byte orders (PS3.5 7.3). */
const WORDS: Record<string, number> = {
  ...{ US: 2, SS: 2, OW: 2, AT: 2, UL: 4, SL: 4, FL: 4, OF: 4, OL: 4 },
  ...{ FD: 8, OD: 8, OV: 8, SV: 8, UV: 8 },
};

/**
 * A data set in another native transfer syntax: same values, other encoding (PS3.5 A.1 to A.5). Group lengths are
 * left out and sequences get explicit lengths. Throws DimseError `protocol_error` for what cannot be read, or is
 * compressed.
 */
export function transcode(dataSet: Buffer, from: string, to: string): Buffer {
  if (!isNative(from) || !isNative(to))
    throw new DimseError('protocol_error', 'not a native transfer syntax');
  const parsed = parseDataSet(dataSet, from, MAX_TRANSCODED_BYTES);
  const target = {
    swap: (from === EXPLICIT_BIG_ENDIAN) !== (to === EXPLICIT_BIG_ENDIAN),
    to: encodingOf(to),
    signed: parsed.uint16('x00280103') === 1,
  };
  try {
    const bytes = Buffer.concat(writeDataSet(parsed, target));
    return to === DEFLATED_LITTLE_ENDIAN ? zlib.deflateRawSync(bytes) : bytes;
  } catch (cause) {
    // An element that runs over the end: the parser lets it pass.
    throw new DimseError('protocol_error', 'the data set cannot be written anew', { cause });
  }
}

type Target = { swap: boolean; to: Encoding; signed: boolean };

function writeDataSet(dataSet: DataSet, target: Target): Uint8Array[] {
  return Object.keys(dataSet.elements)
    .sort()
    .flatMap((key) => {
      const element = dataSet.elements[key];
      return element && !key.endsWith('0000') ? writeElement(dataSet, key, element, target) : [];
    });
}

function writeElement(dataSet: DataSet, tag: string, element: Element, target: Target): Uint8Array[] {
  if (element.items) {
    const items = element.items.flatMap((item) => {
      const body = item.dataSet ? writeDataSet(item.dataSet, target) : [];
      return [encodeItemHead('xfffee000', sizeOf(body), target.to), ...body];
    });
    return [encodeHead(tag, 'SQ', sizeOf(items), target.to), ...items];
  }
  const vr = element.vr ?? vrOf(tag, target.signed);
  const raw = Buffer.from(
    dataSet.byteArray.buffer,
    dataSet.byteArray.byteOffset + element.dataOffset,
    element.length,
  );
  const width = WORDS[vr];
  const value = target.swap && width ? swapped(raw, width) : raw;
  return [encodeHead(tag, vr, value.length, target.to), value];
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** VR of an element that came without one (implicit VR): from the dictionary, else unknown. */
function vrOf(tag: string, signed: boolean): string {
  const known = dictionaryVr(tag, signed);
  if (known) return known;
  // Private creators name who owns a block (PS3.5 7.8.1).
  return Number.parseInt(tag.slice(4, 5), 16) % 2 === 1 && tag.startsWith('00', 5) ? 'LO' : 'UN';
}

function swapped(bytes: Buffer, width: number): Buffer {
  const copy = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % width)));
  if (width === 2) return copy.swap16();
  return width === 4 ? copy.swap32() : copy.swap64();
}
