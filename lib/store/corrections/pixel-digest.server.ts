import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DEFLATED_LITTLE_ENDIAN } from '@/lib/dicom/uids.ts';
import { readBlobHeader } from '../read-header.server.ts';

/** SHA-256 of an object's pixel data as it lies in its file, never in memory; null where it has none. */
export async function pixelDigest(file: string): Promise<string | null> {
  const { pixelData, size, transferSyntaxUid, dataSet } = await readBlobHeader(file);
  if (!pixelData) return null;
  const hash = createHash('sha256');
  const whole = pixelData.hadUndefinedLength === true || pixelData.length === 0xffffffff;
  if (transferSyntaxUid === DEFLATED_LITTLE_ENDIAN) {
    const end = whole ? undefined : pixelData.dataOffset + pixelData.length;
    return hash.update(dataSet.byteArray.subarray(pixelData.dataOffset, end)).digest('hex');
  }
  const end = whole ? size : pixelData.dataOffset + pixelData.length;
  if (end > pixelData.dataOffset)
    await pipeline(createReadStream(file, { start: pixelData.dataOffset, end: end - 1 }), hash);
  return hash.digest('hex');
}
