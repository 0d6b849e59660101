import type { DataSet, Element } from 'dicom-parser';
import { AppError } from '@/lib/errors.ts';
import { blobPath } from './paths.server.ts';
import { readBlobHeader } from './read-header.server.ts';

/** One binary value of an object: in memory where the header was read, else where it lies in the file. */
export type BulkValue = { length: number; read: (from: number, to: number) => Promise<Buffer> };

/**
 * The value at a path of tags and item numbers, e.g. `['60003000']` or `['00081140', '1', '00420011']`. Throws
 * `not_found` when there is none.
 */
export async function bulkValue(sha256: string, path: readonly string[]): Promise<BulkValue> {
  const { dataSet } = await readBlobHeader(blobPath(sha256));
  let at: DataSet = dataSet;
  for (let step = 0; step < path.length; step += 1) {
    const element: Element | undefined = at.elements[`x${(path[step] ?? '').toLowerCase()}`];
    if (!element) throw new AppError('not_found');
    if (step === path.length - 1) return bulkOf(at, element);
    const item = element.items?.[Number(path[step + 1])]?.dataSet;
    if (!item) throw new AppError('not_found');
    at = item;
    step += 1;
  }
  throw new AppError('not_found');
}

function bulkOf(dataSet: DataSet, element: Element): BulkValue {
  const { dataOffset, length } = element;
  const bytes = dataSet.byteArray;
  if (length === 0xffffffff || dataOffset + length > bytes.length || element.items)
    throw new AppError('not_found');
  return {
    length,
    read: async (from, to) => Buffer.from(bytes.subarray(dataOffset + from, dataOffset + to)),
  };
}
