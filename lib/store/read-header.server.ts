import fs from 'node:fs/promises';
import zlib from 'node:zlib';
import { DicomError } from '@/lib/dicom/errors.ts';
import { type ParsedHeader, parseHeader } from '@/lib/dicom/parse-header.ts';
import type { Spooled } from './spool.server.ts';

/** An object whose header alone is larger than this is not believed. */
const MAX_HEADER_BYTES = 512 * 1024 * 1024;

/** Deflate can hide a bomb: what it unpacks to is limited. */
export const inflate = (bytes: Uint8Array): Uint8Array => {
  try {
    return zlib.inflateRawSync(bytes, { maxOutputLength: MAX_HEADER_BYTES });
  } catch (error) {
    throw new DicomError('dicom_unreadable', `deflate: ${error instanceof Error ? error.message : error}`);
  }
};

/** The header of a spooled file: from its head when that is enough, else from the whole file. */
export async function readSpooledHeader(spooled: Spooled): Promise<ParsedHeader> {
  if (spooled.head.length >= spooled.size) return parseHeader(spooled.head, spooled.size, inflate);
  try {
    return parseHeader(spooled.head, spooled.size, inflate);
  } catch (error) {
    if (!(error instanceof DicomError) || error.code === 'not_dicom') throw error;
    if (spooled.size > MAX_HEADER_BYTES)
      throw new DicomError('dicom_unreadable', 'header larger than 512 MB');
    return parseHeader(await fs.readFile(spooled.file), spooled.size, inflate);
  }
}

/** The header of a stored blob. */
export async function readBlobHeader(file: string): Promise<ParsedHeader & { size: number }> {
  const handle = await fs.open(file, 'r');
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, 256 * 1024));
    await handle.read(head, 0, head.length, 0);
    if (head.length < size) {
      try {
        return { ...parseHeader(head, size, inflate), size };
      } catch {
        // Longer header: read it all below.
      }
    }
    return { ...parseHeader(await fs.readFile(file), size, inflate), size };
  } finally {
    await handle.close();
  }
}
