import { createHash, randomUUID } from 'node:crypto';
import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors.ts';
import { requireSpace } from './free-space.server.ts';
import { NewFile, suitsDirect } from './new-file.server.ts';
import { storePaths } from './paths.server.ts';
import { giveSlab, takeSlab } from './slabs.ts';
import { bytesReceived } from './young-buffers.server.ts';

export type Spooled = {
  file: string;
  size: number;
  sha256: string;
};

/** Written, but not on the disk for sure before `handle.sync()`. Whoever holds it closes it, and calls `doneWithHead`. */
export type OpenSpooled = Spooled & {
  handle: FileHandle;
  /** The first bytes of the file, enough for the header of nearly every object. Not to be read after `doneWithHead`. */
  head: Buffer;
  /** To be called once. */
  doneWithHead: () => void;
};

/** Enough for the header of nearly every object. */
const HEAD_BYTES = 256 * 1024;

/** Streams bytes into the spool, to be read again at once: nothing is flushed. Throws as `openSpool`. */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const { handle, doneWithHead, file, size, sha256 } = await openSpool(source, { cached: true });
  doneWithHead();
  await handle.close();
  return { file, size, sha256 };
}

/**
 * Streams bytes into the spool while hashing them. The preamble is kept as received. Throws `storage_full` or
 * `storage_error`; the half-written file is removed whatever happens.
 */
export async function openSpool(
  source: AsyncIterable<Uint8Array>,
  { cached = false }: { cached?: boolean } = {},
): Promise<OpenSpooled> {
  await requireSpace();
  const name = path.join(storePaths().spool, randomUUID());
  const slab = takeSlab();
  const hash = createHash('sha256');
  let file: NewFile | undefined;
  let head: Buffer | undefined;
  let size = 0;
  let filled = 0;
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      size += chunk.length;
      for (let at = 0; at < chunk.length; ) {
        if (filled === slab.length) {
          head ??= Buffer.from(slab.subarray(0, HEAD_BYTES));
          file ??= await NewFile.create(name, !cached && suitsDirect(slab, filled));
          await file.write(slab, filled);
          filled = 0;
        }
        const end = Math.min(chunk.length, at + slab.length - filled);
        slab.set(chunk.subarray(at, end), filled);
        filled += end - at;
        at = end;
      }
      bytesReceived(chunk.length);
    }
    file ??= await NewFile.create(name, !cached && suitsDirect(slab, filled));
    await file.write(slab, filled);
  } catch (error) {
    giveSlab(slab);
    await file?.handle.close().catch(() => undefined);
    await fs.rm(name, { force: true }).catch(() => undefined);
    throw storageError(error);
  }
  return {
    file: name,
    handle: file.handle,
    size,
    sha256: hash.digest('hex'),
    head: head ?? slab.subarray(0, filled),
    doneWithHead: () => giveSlab(slab),
  };
}

/** Disk full and other trouble of the storage, in the words of the one error vocabulary. */
export function storageError(error: unknown): unknown {
  const code = databaseCode(error) ?? (error as NodeJS.ErrnoException)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === DISK_FULL)
    return new AppError('storage_full', { cause: error });
  if (code === 'EIO' || code === 'EROFS' || code === 'EMFILE' || code === 'EACCES')
    return new AppError('storage_error', { cause: error });
  return error;
}

/** PostgreSQL's `disk_full` (appendix A, class 53). */
const DISK_FULL = '53100';

/** PostgreSQL's code inside of the client library's own. */
function databaseCode(error: unknown): string | undefined {
  const meta = (
    error as { meta?: { code?: string; driverAdapterError?: { cause?: { originalCode?: string } } } }
  )?.meta;
  return meta?.driverAdapterError?.cause?.originalCode ?? meta?.code;
}
