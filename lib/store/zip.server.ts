import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Actor } from '@/lib/auth/policy.ts';
import { isAppError } from '@/lib/errors.ts';
import { ingestInstance } from './ingest-instance.server.ts';
import type { FileResult } from './schema.ts';
import { spool } from './spool.server.ts';

/** Limits against zip bombs: one entry, and how much smaller an entry may be than what it unpacks to. */
const MAX_ENTRY_BYTES = 4 * 1024 ** 3;
const MAX_RATIO = 1200;

export const isZip = (first: Uint8Array): boolean =>
  first[0] === 0x50 &&
  first[1] === 0x4b &&
  (first[2] === 3 || first[2] === 5) &&
  (first[3] === 4 || first[3] === 6);

/**
 * Takes every entry of a zip through the one way in, one after the other: nothing of it is ever whole in memory.
 * Yields a result per entry; a zip that is empty or damaged yields its reason, after the entries that were read.
 */
export async function* ingestZip(input: {
  actor: Actor;
  centreId: string;
  source: AsyncIterable<Uint8Array>;
  name: string;
}): AsyncGenerator<FileResult> {
  const spooled = await spool(input.source);
  const refusal = (path: string, size: number, reason: string, detail = ''): FileResult => ({
    path,
    size,
    outcome: 'refused',
    reason,
    detail,
    sopInstanceUid: null,
    studyUid: null,
  });
  let entries = 0;
  try {
    const zip = await yauzl.openPromise(spooled.file, {
      lazyEntries: true,
      strictFileNames: false,
      validateEntrySizes: true,
    });
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      entries += 1;
      const path = `${input.name}/${entry.fileName}`;
      const bomb =
        entry.uncompressedSize > MAX_ENTRY_BYTES ||
        entry.uncompressedSize > MAX_RATIO * Math.max(1, entry.compressedSize);
      if (bomb || entry.isEncrypted()) {
        yield refusal(path, entry.uncompressedSize, 'zip_entry_refused', bomb ? 'size' : 'encrypted');
        continue;
      }
      try {
        const stream = (await zip.openReadStreamPromise(entry)) as Readable;
        const result = await ingestInstance({
          actor: input.actor,
          centreId: input.centreId,
          source: stream,
          sourceName: path,
        });
        yield { path, ...result };
      } catch (error) {
        // A full disk stops the whole zip; a damaged entry only itself.
        if (isAppError(error)) throw error;
        yield refusal(
          path,
          entry.uncompressedSize,
          'zip_damaged',
          error instanceof Error ? error.message : '',
        );
      }
    }
    if (entries === 0) yield refusal(input.name, spooled.size, 'zip_empty');
  } catch (error) {
    if (isAppError(error)) throw error;
    yield refusal(input.name, spooled.size, 'zip_damaged', error instanceof Error ? error.message : '');
  } finally {
    await fs.rm(spooled.file, { force: true });
  }
}

/** A file on disk as a source. */
export const fileSource = (file: string): AsyncIterable<Uint8Array> =>
  createReadStream(file, { highWaterMark: 1 << 20 });
