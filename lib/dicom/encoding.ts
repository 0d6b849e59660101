import { EXPLICIT_BIG_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from './uids.ts';

/** How the elements of a data set are written (PS3.5 7.1): explicit or implicit VR, either byte order. */
export type Encoding = { explicit: boolean; bigEndian: boolean };

/** Of a native transfer syntax, and of every encapsulated one, which is explicit little endian (PS3.5 A.4). */
export const encodingOf = (transferSyntaxUid: string): Encoding => ({
  explicit: transferSyntaxUid !== IMPLICIT_LITTLE_ENDIAN,
  bigEndian: transferSyntaxUid === EXPLICIT_BIG_ENDIAN,
});
