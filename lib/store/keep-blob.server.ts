import fs from 'node:fs/promises';
import path from 'node:path';
import { blobPath, syncFolder } from './paths.server.ts';
import type { Spooled } from './spool.server.ts';

/**
 * Gives a spooled file, whose bytes are on the disk already, its name in the blob store. The name is durable when this
 * resolves. It is a second name: the one in the spool goes when the object is in the index, so that after a crash the
 * spool tells what was under way (open-store.server.ts). The same bytes again have the same name.
 */
export async function keepBlob(spooled: Spooled): Promise<void> {
  const target = blobPath(spooled.sha256);
  try {
    await fs.link(spooled.file, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Some file systems have no second names; the nightly sweep alone finds what a crash leaves there.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') await fs.rename(spooled.file, target);
    else if (code !== 'EEXIST') throw error;
  }
  await syncFolder(path.dirname(target));
}
