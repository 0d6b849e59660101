import { PDU } from './pdu.ts';

/** What the other side takes: the longest body of a P-DATA-TF, in bytes. */
export type SendLimits = { maxLength: number };

/** Fragments are of even length (PS3.8 E.1); a PDU carries one of them and its head. */
export const longestFragment = ({ maxLength }: SendLimits): number => Math.max(2, (maxLength - 6) & ~1);

/** The head of a P-DATA-TF with one fragment of a data set, to be followed by the fragment itself (PS3.8 9.3.5). */
export function dataHead(contextId: number, fragmentLength: number, last: boolean): Buffer {
  const head = Buffer.allocUnsafe(12);
  writeHead(head, 0, contextId, fragmentLength, last ? 2 : 0);
  return head;
}

function writeHead(target: Buffer, at: number, contextId: number, length: number, control: number): void {
  target[at] = PDU.data;
  target[at + 1] = 0;
  target.writeUInt32BE(length + 6, at + 2);
  target.writeUInt32BE(length + 2, at + 6);
  target[at + 10] = contextId;
  target[at + 11] = control;
}

/** A command and its data set, if it is at hand, as P-DATA-TF PDUs in one buffer: one write, one packet where it fits. */
export function messagePdus(
  contextId: number,
  command: Buffer,
  dataSet: Buffer | undefined,
  limits: SendLimits,
): Buffer {
  const longest = longestFragment(limits);
  const pieces = [...cut(command, 1, longest), ...(dataSet ? cut(dataSet, 0, longest) : [])];
  const pdus = Buffer.allocUnsafe(pieces.reduce((sum, { bytes }) => sum + 12 + bytes.length, 0));
  let at = 0;
  for (const { bytes, control } of pieces) {
    writeHead(pdus, at, contextId, bytes.length, control);
    bytes.copy(pdus, at + 12);
    at += 12 + bytes.length;
  }
  return pdus;
}

/** Fragments of a command (kind 1) or a data set (kind 0); the last one has the flag 2 (PS3.8 E.2). */
function cut(bytes: Buffer, kind: 0 | 1, longest: number): { bytes: Buffer; control: number }[] {
  const pieces: { bytes: Buffer; control: number }[] = [];
  let at = 0;
  do {
    const end = Math.min(bytes.length, at + longest);
    pieces.push({ bytes: bytes.subarray(at, end), control: kind | (end === bytes.length ? 2 : 0) });
    at = end;
  } while (at < bytes.length);
  return pieces;
}
