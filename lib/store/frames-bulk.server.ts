import type { DataSet, Element } from 'dicom-parser';
import { DEFLATED_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { AppError } from '@/lib/errors.ts';
import { readBlobInto } from './frames-file.server.ts';
import { blobPath } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';

/** One binary value of an object: in memory where the header was read, else where it lies in the file. */
export type BulkValue = { length: number; read: (from: number, to: number) => Promise<Buffer> };

/**
 * The value at a path of tags and item numbers, e.g. `['60003000']` or `['00081140', '1', '00420011']`. Throws
 * `not_found` when there is none.
 */
export async function bulkValue(sha256: string, path: readonly string[]): Promise<BulkValue> {
  const { dataSet, transferSyntaxUid } = await readBlobHeader(blobPath(sha256));
  const inFile = transferSyntaxUid !== DEFLATED_LITTLE_ENDIAN ? sha256 : undefined;
  let at: DataSet = dataSet;
  for (let step = 0; step < path.length; step += 1) {
    const element: Element | undefined = at.elements[`x${(path[step] ?? '').toLowerCase()}`];
    if (!element) throw new AppError('not_found');
    if (step === path.length - 1) return bulkOf(at, element, inFile);
    const item = element.items?.[Number(path[step + 1])]?.dataSet;
    if (!item) throw new AppError('not_found');
    at = item;
    step += 1;
  }
  throw new AppError('not_found');
}

function bulkOf(dataSet: DataSet, element: Element, sha256: string | undefined): BulkValue {
  const { dataOffset, length } = element;
  const bytes = dataSet.byteArray;
  if (length === 0xffffffff || element.hadUndefinedLength || element.items) throw new AppError('not_found');
  if (dataOffset + length <= bytes.length)
    return {
      length,
      read: async (from, to) => Buffer.from(bytes.subarray(dataOffset + from, dataOffset + to)),
    };
  // Behind the head that was read, as pixel data are.
  if (!sha256) throw new AppError('not_found');
  return {
    length,
    read: (from, to) => readBlobInto(sha256, Buffer.allocUnsafe(to - from), 0, dataOffset + from, to - from),
  };
}
