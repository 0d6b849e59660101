import { createHash, type Hash, randomUUID } from 'node:crypto';
import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors.ts';
import { requireSpace } from './free-space.server.ts';
import { NewFile, suitsDirect } from './new-file.server.ts';
import { storePaths } from './paths.server.ts';
import { giveSlab, type Slab, takeSlab } from './slabs.ts';
import { bytesReceived } from './young-buffers.server.ts';

export type Spooled = {
  file: string;
  size: number;
  sha256: string;
};

/** Written, but not on the disk for sure before `handle.sync()`. Whoever holds it closes it. */
export type OpenSpooled = Spooled & {
  handle: FileHandle;
  /** The first bytes of the file, enough for the header of nearly every object. */
  head: Buffer;
};

/** All of it in memory, nothing on the disk. Whoever holds it gives the slab back. */
export type InSlab = { file: string; size: number; slab: Slab };

/** Enough for the header of nearly every object. */
const HEAD_BYTES = 256 * 1024;

/** Streams bytes into the spool, to be read again at once: nothing is flushed. Throws as `gather`. */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const gathered = await gather(source, { cached: true });
  if ('slab' in gathered) throw new Error('What is read again lies on the disk');
  const { handle, file, size, sha256 } = gathered;
  await handle.close();
  return { file, size, sha256 };
}

/**
 * Takes bytes in as they stream. What fits a slab stays there, unless it is to be read again at once (`cached`); the
 * rest goes to the spool and is hashed on the way. The preamble is kept as received. Throws `storage_full` or
 * `storage_error`; the half-written file is removed whatever happens.
 */
export async function gather(
  source: AsyncIterable<Uint8Array>,
  { cached = false }: { cached?: boolean } = {},
): Promise<InSlab | OpenSpooled> {
  await requireSpace();
  const name = path.join(storePaths().spool, randomUUID());
  const slab = takeSlab();
  let hash: Hash | undefined;
  let keepsSlab = false;
  let file: NewFile | undefined;
  let head: Buffer | undefined;
  let size = 0;
  let filled = 0;
  const put = async () => {
    hash ??= createHash('sha256');
    hash.update(slab.subarray(0, filled));
    head ??= Buffer.from(slab.subarray(0, Math.min(filled, HEAD_BYTES)));
    file ??= await NewFile.create(name, !cached && suitsDirect(slab, filled));
    await file.write(slab, filled);
    filled = 0;
    return { handle: file.handle, hash, head };
  };
  try {
    for await (const chunk of source) {
      size += chunk.length;
      for (let at = 0; at < chunk.length; ) {
        if (filled === slab.length) await put();
        const end = Math.min(chunk.length, at + slab.length - filled);
        // Not `set`, which copies into shared memory byte by byte where it is not aligned: eight times as slow.
        slab.fill(
          at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end),
          filled,
          filled + end - at,
        );
        filled += end - at;
        at = end;
      }
      bytesReceived(chunk.length);
    }
    if (!file && !cached) {
      keepsSlab = true;
      return { file: name, size, slab };
    }
    const { handle, hash, head } = await put();
    return { file: name, handle, size, sha256: hash.digest('hex'), head };
  } catch (error) {
    await file?.handle.close().catch(() => undefined);
    await fs.rm(name, { force: true }).catch(() => undefined);
    throw storageError(error);
  } finally {
    if (!keepsSlab) giveSlab(slab);
  }
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
