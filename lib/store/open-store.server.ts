import { mkdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { log } from '@/lib/log.server.ts';
import { blobFolders, blobPath, durableFolder, storePaths, syncFolder } from './paths.server.ts';
import { unnamed } from './sweep-orphans.server.ts';

/**
 * Makes the store's folders and clears what a killed run left behind: the spool, nothing of which was acknowledged
 * without being in the index. Called once, before any door opens; `alone` unless other servers use the store already:
 * then what lies in the spool may be on its way in.
 */
export async function openStore(alone = true): Promise<void> {
  const { spool, blobs, derived } = storePaths();
  for (const folder of [spool, blobs, derived]) await durableFolder(folder);
  if (!alone) return;
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

/**
 * A spooled file with a second name was on its way into the index: if it is not in it, both names go. The name is found
 * by the file and not by its bytes' hash: a power cut may have taken the bytes.
 */
async function clearSpooled(file: string): Promise<void> {
  const { nlink, ino, birthtimeMs } = await fs.stat(file);
  const sha256 = nlink > 1 ? await otherName(ino, birthtimeMs) : undefined;
  for (const orphan of sha256 === undefined ? [] : await unnamed([sha256])) {
    log.warn({ sha256: orphan }, 'Removing a blob that was never acknowledged');
    await fs.rm(blobPath(orphan), { force: true });
  }
  await fs.rm(file, { force: true });
}

/** Clocks of file systems are coarse. */
const SLACK_MS = 2000;

/** The blob that is this file: looked for only in folders that changed after the file was made. */
async function otherName(ino: number, sinceMs: number): Promise<string | undefined> {
  for (const name of blobFolders) {
    const folder = path.join(storePaths().blobs, name);
    const { mtimeMs } = await fs.stat(folder);
    if (mtimeMs < sinceMs - SLACK_MS) continue;
    for (const hash of await fs.readdir(folder)) {
      const stat = await fs.stat(path.join(folder, hash)).catch(() => undefined);
      if (stat?.ino === ino) return hash;
    }
  }
  return undefined;
}
