import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { log } from '@/lib/log.server.ts';
import { blobFolders, blobPath, durableFolder, storePaths, syncFolder } from './paths.server.ts';
import { unnamed } from './sweep-orphans.server.ts';

/**
 * Makes the store's folders and clears what a killed run left behind: the spool, nothing of which was acknowledged
 * without being in the index. Called once, by the one process that owns the store, before any door opens.
 */
export async function openStore(): Promise<void> {
  const { spool, blobs, derived } = storePaths();
  for (const folder of [spool, blobs, derived]) await durableFolder(folder);
  await makeBlobFolders(blobs);
  for (const name of await fs.readdir(spool)) await clearSpooled(path.join(spool, name));
}

/** Written when the store is in it: ab/hash. */
const LAYOUT = '2';

/** All folders exist before the first blob; blobs of an earlier layout (ab/cd/hash) are brought into the present one. */
async function makeBlobFolders(blobs: string): Promise<void> {
  const present = new Set(await fs.readdir(blobs));
  const missing = blobFolders.filter((name) => !present.has(name));
  for (const name of missing) mkdirSync(path.join(blobs, name));
  if (missing.length > 0) await syncFolder(blobs);
  const marker = path.join(path.dirname(blobs), 'layout');
  if ((await fs.readFile(marker, 'utf8').catch(() => '')) === LAYOUT) return;
  for (const first of present) await flatten(path.join(blobs, first));
  await fs.writeFile(marker, LAYOUT, { flush: true });
}

async function flatten(folder: string): Promise<void> {
  for (const inner of (await fs.readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const hash of await fs.readdir(path.join(folder, inner)))
      await fs.rename(path.join(folder, inner, hash), blobPath(hash));
    await syncFolder(folder);
    await fs.rmdir(path.join(folder, inner));
  }
}

/** A spooled file with a second name was on its way into the index: if it is not in it, both names go. */
async function clearSpooled(file: string): Promise<void> {
  const { nlink } = await fs.stat(file);
  if (nlink > 1) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
    for (const sha256 of await unnamed([hash.digest('hex')])) {
      log.warn({ sha256 }, 'Removing a blob that was never acknowledged');
      await fs.rm(blobPath(sha256), { force: true });
    }
  }
  await fs.rm(file, { force: true });
}
