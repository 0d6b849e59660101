import zlib from 'node:zlib';
import dicomParser, { type DataSet } from 'dicom-parser';

export type Peeked = { sopClassUid: string; sopInstanceUid: string; studyUid: string };

/** What of a file's head must be there for its Study Instance UID (0020,000D) to be read, at most. */
export const PEEK_BYTES = 1024 * 1024;

/** The identifiers in the head of a DICOM file; empty strings where the head does not tell. Never throws. */
export function peek(head: Buffer): Peeked {
  const text = (dataSet: DataSet, tag: string) => dataSet.string(tag)?.trim() ?? '';
  try {
    const dataSet = dicomParser.parseDicom(head, {
      untilTag: 'x0020000e',
      inflater: (bytes: Uint8Array, position: number) => inflateHead(bytes, position),
    });
    return {
      sopClassUid: text(dataSet, 'x00080016'),
      sopInstanceUid: text(dataSet, 'x00080018'),
      studyUid: text(dataSet, 'x0020000d'),
    };
  } catch (error) {
    // A head that is cut says what it can: the parser hands out what it has read.
    const partial = (error as { dataSet?: DataSet })?.dataSet;
    if (!partial) return { sopClassUid: '', sopInstanceUid: '', studyUid: '' };
    return {
      sopClassUid: text(partial, 'x00080016'),
      sopInstanceUid: text(partial, 'x00080018'),
      studyUid: text(partial, 'x0020000d'),
    };
  }
}

/** The beginning of a deflated data set that is not all there yet. */
function inflateHead(bytes: Uint8Array, position: number): Uint8Array {
  const inflated = zlib.inflateRawSync(bytes.subarray(position), {
    finishFlush: zlib.constants.Z_SYNC_FLUSH,
    maxOutputLength: 64 * PEEK_BYTES,
  });
  return Buffer.concat([bytes.subarray(0, position), inflated]);
}
