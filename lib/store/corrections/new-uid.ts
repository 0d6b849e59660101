import { createHash } from 'node:crypto';

/**
 * The UID that stands for `uid` in one correction: a UUID made of a name (RFC 9562 version 8), written as PS3.5 B.2
 * wants it. The same correction always gives the same one, so work that was cut goes on where it was, and every
 * reference meets what it refers to without a table.
 */
export function newUid(correctionId: string, uid: string): string {
  const bytes = createHash('sha256').update(`${correctionId} ${uid}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`;
}
