import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from './implementation.ts';
import { concat, encodeHead, encodeValue } from './rewrite-value.ts';

const encoding = { explicit: true, bigEndian: false };
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * Preamble of zeros, prefix and file meta group (PS3.10 7.1) of an object that this program writes. Nothing of an
 * older meta group stays: it names the machine that wrote it, and private information may stand in it.
 */
export function fileMeta(object: {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
}): Uint8Array {
  const element = (tag: string, vr: string, value: string | number | Uint8Array) => {
    const bytes = encodeValue(vr, value, encoding, ascii);
    return [encodeHead(tag, vr, bytes.length, encoding), bytes];
  };
  const group = concat([
    ...element('x00020001', 'OB', Uint8Array.of(0, 1)),
    ...element('x00020002', 'UI', object.sopClassUid),
    ...element('x00020003', 'UI', object.sopInstanceUid),
    ...element('x00020010', 'UI', object.transferSyntaxUid),
    ...element('x00020012', 'UI', IMPLEMENTATION_CLASS_UID),
    ...element('x00020013', 'SH', IMPLEMENTATION_VERSION),
  ]);
  return concat([new Uint8Array(128), ascii('DICM'), ...element('x00020000', 'UL', group.length), group]);
}
