import { Readable } from 'node:stream';
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, isNative } from '@/lib/dicom/uids.ts';
import { openDataSet } from '@/lib/store/open-data-set.server.ts';
import type { SelectedInstance } from '@/lib/store/select-instances.server.ts';
import { DimseError } from './errors.ts';
import type { StoredObject } from './open-store.server.ts';
import { MAX_TRANSCODED_BYTES, transcode } from './transcode.ts';

/** Native syntaxes to fall back on, the better known first. */
export const FALLBACKS = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN];

/**
 * A stored instance as it can be sent where only some transfer syntaxes are taken: as it is stored where that is one
 * of them, else, when it is native, written anew in another native one. Undefined when neither will do.
 */
export async function sendable(
  instance: SelectedInstance,
  accepts: (transferSyntaxUid: string) => boolean,
): Promise<StoredObject | undefined> {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid: stored, sha256 } = instance;
  const dataSet = await openDataSet(sha256);
  const object = { sopClassUid, sopInstanceUid };
  if (accepts(stored)) return { ...object, transferSyntaxUid: stored, dataSet: dataSet.read() };
  const other = isNative(stored) ? FALLBACKS.find(accepts) : undefined;
  if (other === undefined || dataSet.size > MAX_TRANSCODED_BYTES) return undefined;
  const parts: Buffer[] = [];
  for await (const part of dataSet.read()) parts.push(part);
  try {
    const rewritten = transcode(Buffer.concat(parts), stored, other);
    return { ...object, transferSyntaxUid: other, dataSet: Readable.from([rewritten]) };
  } catch (error) {
    if (error instanceof DimseError) return undefined;
    throw error;
  }
}
