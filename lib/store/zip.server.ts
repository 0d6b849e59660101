import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Actor } from '@/lib/auth/policy.ts';
import { isAppError } from '@/lib/errors.ts';
import { ingestInstance } from './ingest-instance.server.ts';
import type { FileResult } from './schema.ts';
import { spool } from './spool.server.ts';

/** Limits against zip bombs: one entry, all of them, and how much smaller an entry may be than what it unpacks to. */
const MAX_ENTRY_BYTES = 4 * 1024 ** 3;
const MAX_TOTAL_BYTES = 64 * 1024 ** 3;
const MAX_ENTRIES = 100_000;
/** Deflate cannot do better than 1032:1; what claims it lies. */
const MAX_RATIO = 1032;
/** Images shrink to a third or a tenth; a zip that shrinks all it has to less than this is a bomb. */
const MAX_TOTAL_RATIO = 200;
const FREE_BYTES = 1024 ** 3;

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
  const limits = new Limits(spooled.size);
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
      const path = `${input.name}/${printable(entry.fileName)}`;
      const bomb = isBomb(entry);
      if (bomb || entry.isEncrypted()) {
        yield refusal(path, entry.uncompressedSize, 'zip_entry_refused', bomb ? 'size' : 'encrypted');
        continue;
      }
      if (limits.exceededWith(entry)) {
        yield refusal(path, entry.uncompressedSize, 'zip_entry_refused', 'too much in one zip');
        zip.close();
        return;
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

type Sizes = { compressedSize: number; uncompressedSize: number; relativeOffsetOfLocalHeader: number };

const isBomb = ({ compressedSize, uncompressedSize }: Sizes): boolean =>
  uncompressedSize > MAX_ENTRY_BYTES || uncompressedSize > MAX_RATIO * Math.max(1, compressedSize);

class Limits {
  private readonly places = new Set<number>();
  private packed = 0;
  private unpacked = 0;

  constructor(private readonly zipSize: number) {}

  exceededWith({ compressedSize, uncompressedSize, relativeOffsetOfLocalHeader: at }: Sizes): boolean {
    const overlaps = this.places.has(at);
    this.places.add(at);
    this.packed += compressedSize;
    this.unpacked += uncompressedSize;
    const allowed = Math.min(MAX_TOTAL_BYTES, Math.max(FREE_BYTES, MAX_TOTAL_RATIO * this.zipSize));
    return (
      overlaps || this.places.size > MAX_ENTRIES || this.packed > this.zipSize || this.unpacked > allowed
    );
  }
}

/** A name is only ever shown: what could not be, or is longer than a path, is left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is meant
const printable = (name: string): string => name.replace(/[\u0000-\u001f\u007f]/g, '').slice(-300);

/** A file on disk as a source. */
export const fileSource = (file: string): AsyncIterable<Uint8Array> =>
  createReadStream(file, { highWaterMark: 1 << 20 });
