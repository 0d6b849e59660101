import fs from 'node:fs/promises';
import path from 'node:path';
import { blobPath, syncBlobFolder } from './paths.server.ts';
import type { OpenSpooled } from './spool.server.ts';

/**
 * Gives a spooled file its name in the blob store, and resolves when bytes and name are on the disk. It is a second
 * name: the one in the spool goes when the object is in the index, so that after a crash the spool tells what was under
 * way (open-store.server.ts). Bytes and name are flushed at once, in one commit of the file system's journal; nothing
 * names the blob in the index before both are done.
 */
export async function keepBlob({ file, handle, sha256 }: OpenSpooled): Promise<void> {
  const target = blobPath(sha256);
  try {
    await fs.link(file, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The name is there: the same object again, or what a power cut left of one, which must not be trusted. Whole bytes
    // take its place. Nor have all file systems second names; there the nightly sweep finds what a crash leaves.
    if (code !== 'EEXIST' && code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    await handle.sync();
    await fs.rename(file, target);
  }
  await Promise.all([handle.sync(), syncBlobFolder(path.dirname(target))]);
}
