import { createHash, randomUUID } from 'node:crypto';
import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors.ts';
import { requireSpace } from './free-space.server.ts';
import { storePaths } from './paths.server.ts';

export type Spooled = {
  file: string;
  size: number;
  sha256: string;
  /** The first bytes of the file: enough for the header of nearly every object. */
  head: Buffer;
};

/** Written, but not on the disk for sure before `handle.sync()`. Whoever holds it closes it. */
export type OpenSpooled = Spooled & { handle: FileHandle };

/** What is gathered before it is written: an ordinary slice goes to the disk in one call, and its header is at hand. */
const PIECE_BYTES = 1024 * 1024;

/** Streams bytes into the spool, for a passing use: nothing is flushed. Throws as `openSpool`. */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const { handle, ...spooled } = await openSpool(source);
  await handle.close();
  return spooled;
}

/**
 * Streams bytes into the spool while hashing them. The preamble is kept as received. Throws `storage_full` or
 * `storage_error`; the half-written file is removed whatever happens.
 */
export async function openSpool(source: AsyncIterable<Uint8Array>): Promise<OpenSpooled> {
  await requireSpace();
  const file = path.join(storePaths().spool, randomUUID());
  let handle: FileHandle | undefined;
  try {
    handle = await fs.open(file, 'wx');
    return { file, handle, ...(await write(handle, source)) };
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await fs.rm(file, { force: true }).catch(() => undefined);
    throw storageError(error);
  }
}

async function write(
  handle: FileHandle,
  source: AsyncIterable<Uint8Array>,
): Promise<{ size: number; sha256: string; head: Buffer }> {
  const hash = createHash('sha256');
  let head: Buffer | undefined;
  let size = 0;
  let piece: Uint8Array[] = [];
  let pieceSize = 0;
  const flush = async () => {
    if (pieceSize === 0) return;
    await writeAll(handle, piece);
    head ??= headOf(piece);
    piece = [];
    pieceSize = 0;
  };
  for await (const chunk of source) {
    hash.update(chunk);
    size += chunk.length;
    piece.push(chunk);
    pieceSize += chunk.length;
    if (pieceSize >= PIECE_BYTES) await flush();
  }
  await flush();
  return { size, sha256: hash.digest('hex'), head: head ?? Buffer.alloc(0) };
}

/** Enough for the header of nearly every object; an ordinary first chunk of a stream is handed on uncopied. */
const HEAD_BYTES = 256 * 1024;
const ENOUGH_BYTES = 32 * 1024;

function headOf(chunks: readonly Uint8Array[]): Buffer {
  const [first] = chunks;
  if (first && (chunks.length === 1 || first.length >= ENOUGH_BYTES))
    return Buffer.from(first.buffer, first.byteOffset, first.length);
  const head: Uint8Array[] = [];
  for (let size = 0, at = 0; at < chunks.length && size < HEAD_BYTES; at += 1) {
    const chunk = chunks[at] ?? new Uint8Array();
    head.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(head);
}

/** A plain write may take only a part, on a disk that is nearly full; this one goes on or throws. */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const { bytesWritten } = await handle.writev(chunks);
  if (bytesWritten < total) await handle.appendFile(Buffer.concat(chunks).subarray(bytesWritten));
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
