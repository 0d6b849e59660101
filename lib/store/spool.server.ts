import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors.ts';
import { storePaths } from './paths.server.ts';

export type Spooled = {
  file: string;
  size: number;
  sha256: string;
  /** The first bytes of the file: enough for the header of nearly every object. */
  head: Buffer;
};

const HEAD_BYTES = 8 * 1024 * 1024;

/**
 * Streams bytes into the spool while hashing them. The preamble is kept as received. Throws `storage_full` or
 * `storage_error`; the half-written file is removed whatever happens.
 */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const file = path.join(storePaths().spool, randomUUID());
  try {
    const handle = await fs.open(file, 'wx');
    const hash = createHash('sha256');
    const head: Buffer[] = [];
    let size = 0;
    let headSize = 0;
    try {
      for await (const chunk of source) {
        // A plain write may take only a part of the chunk, on a disk that is nearly full; this one goes on or throws.
        await handle.appendFile(chunk);
        hash.update(chunk);
        size += chunk.length;
        if (headSize < HEAD_BYTES) {
          head.push(Buffer.from(chunk));
          headSize += chunk.length;
        }
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { file, size, sha256: hash.digest('hex'), head: Buffer.concat(head) };
  } catch (error) {
    await fs.rm(file, { force: true }).catch(() => undefined);
    throw storageError(error);
  }
}

/** Disk full and other trouble of the storage, in the words of the one error vocabulary. */
export function storageError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('storage_full', { cause: error });
  if (code === 'EIO' || code === 'EROFS' || code === 'EMFILE' || code === 'EACCES')
    return new AppError('storage_error', { cause: error });
  return error;
}
