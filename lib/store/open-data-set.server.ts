import fs from 'node:fs/promises';
import { DicomError } from '@/lib/dicom/errors.ts';
import { endOfFileMeta } from '@/lib/dicom/file-meta.ts';
import { blobPath } from './paths.server.ts';

/** A stored object without its preamble and file meta: what travels by DIMSE. */
export type OpenedDataSet = {
  /** In bytes. */
  size: number;
  /** The bytes as stored; to be read once. The file is closed at the end, or when the reader stops. */
  read: () => AsyncGenerator<Buffer>;
};

const HEAD_BYTES = 16 * 1024;
const CHUNK_BYTES = 512 * 1024;

/** Opens the data set of a blob. Throws what the file system throws, and DicomError for a file meta group without end. */
export async function openDataSet(sha256: string): Promise<OpenedDataSet> {
  const file = blobPath(sha256);
  const handle = await fs.open(file, 'r');
  const { size } = await handle.stat();
  const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
  await handle.read(head, 0, head.length, 0);
  await handle.close();
  const start = dataSetOffset(head);
  return {
    size: size - start,
    read: async function* () {
      const opened = await fs.open(file, 'r');
      try {
        for (let at = start; at < size; ) {
          const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - at));
          const { bytesRead } = await opened.read(chunk, 0, chunk.length, at);
          if (bytesRead === 0) return;
          yield chunk.subarray(0, bytesRead);
          at += bytesRead;
        }
      } finally {
        await opened.close();
      }
    },
  };
}

/** Where the data set begins: behind the preamble, where there is one, and behind the file meta group (PS3.10 7.1). */
export function dataSetOffset(head: Buffer): number {
  const from = head.toString('latin1', 128, 132) === 'DICM' ? 132 : 0;
  const end = endOfFileMeta(head, from);
  if (end === undefined) throw new DicomError('dicom_unreadable', 'the file meta group goes on');
  return end;
}
