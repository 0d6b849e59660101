import zlib from 'node:zlib';
import { encodingOf } from '@/lib/dicom/encoding.ts';
import { longVrs } from '@/lib/dicom/long-vrs.ts';
import { DEFLATED_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';

export type PeekedUids = { sopClassUid?: string; sopInstanceUid?: string };

/** As much of a data set as the two UIDs are looked for in: they stand among its first elements. */
export const PEEK_BYTES = 4096;

/**
 * SOP Class and SOP Instance UID from the first bytes of a data set, before the rest has come. What cannot be read
 * there is left out: the parser that sees the whole object has the last word.
 */
export function peekUids(start: Buffer, transferSyntax: string): PeekedUids {
  const bytes = transferSyntax === DEFLATED_LITTLE_ENDIAN ? inflateStart(start) : start;
  const { explicit, bigEndian } = encodingOf(transferSyntax);
  const uint16 = (at: number) => (bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at));
  const uint32 = (at: number) => (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  const found: PeekedUids = {};
  for (let at = 0; at + 12 <= bytes.length; ) {
    const group = uint16(at);
    const element = uint16(at + 2);
    if (group > 8 || (group === 8 && element > 0x18)) break;
    const long = explicit && longVrs.has(bytes.toString('latin1', at + 4, at + 6));
    const start = at + (long ? 12 : 8);
    const length = !explicit ? uint32(at + 4) : long ? uint32(at + 8) : uint16(at + 6);
    const end = start + length;
    if (end > bytes.length) break;
    const value = () => bytes.toString('latin1', start, end).replace(/[\0 ]+$/, '');
    if (group === 8 && element === 0x16) found.sopClassUid = value();
    if (group === 8 && element === 0x18) found.sopInstanceUid = value();
    at = end;
  }
  return found;
}

function inflateStart(start: Buffer): Buffer {
  try {
    const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: 8 * 1024 * 1024 };
    return zlib.inflateRawSync(start.subarray(0, PEEK_BYTES), options);
  } catch {
    return Buffer.alloc(0);
  }
}
