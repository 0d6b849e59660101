import { createReadStream } from 'node:fs';
import { readBlobHeader } from './read-header.server.ts';
import { type RewrittenBlob, rewriteBlob } from './rewrite-blob.server.ts';

export type StoredObject = Omit<RewrittenBlob, 'dataSet'>;

const PREAMBLE_BYTES = 128;

/**
 * A stored object as a file of a file-set (PS3.10): its own bytes, the preamble zeroed, since it may hold a program
 * (PS3.10 7.1). One that came without preamble or file meta group gets them.
 * @throws DicomError where the file cannot be read any more
 */
export async function storedObject(file: string): Promise<StoredObject> {
  const { dataSet, transferSyntaxUid, pixelData, size } = await readBlobHeader(file);
  const isFile = Buffer.from(dataSet.byteArray.subarray(128, 132)).toString('latin1') === 'DICM';
  if (!isFile || !dataSet.elements.x00080018) return rewriteBlob(file, {});
  return {
    sopClassUid: dataSet.string('x00080016')?.trim() ?? '',
    sopInstanceUid: dataSet.string('x00080018')?.trim() ?? '',
    transferSyntaxUid,
    hasPixels: pixelData !== undefined,
    size,
    header: () => dataSet,
    async *part10() {
      yield new Uint8Array(PREAMBLE_BYTES);
      yield* createReadStream(file, { start: PREAMBLE_BYTES, highWaterMark: 1 << 20 });
    },
  };
}
