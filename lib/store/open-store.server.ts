import fs from 'node:fs/promises';
import path from 'node:path';
import { db } from '@/lib/db/client.server.ts';
import { log } from '@/lib/log.server.ts';
import { durableFolder, storePaths } from './paths.server.ts';

/**
 * Makes the store's folders and clears what a killed run left behind: the spool (nothing in it was ever acknowledged)
 * and blobs that no row names (renamed, but killed before the commit). Called once, before any door opens.
 */
export async function openStore(): Promise<void> {
  const { spool, blobs, derived } = storePaths();
  await fs.rm(spool, { recursive: true, force: true });
  for (const folder of [spool, blobs, derived]) await durableFolder(folder);
  await sweepOrphans(blobs);
}

async function sweepOrphans(blobs: string): Promise<void> {
  for (const first of await fs.readdir(blobs)) {
    const hashes: string[] = [];
    for (const second of await fs.readdir(path.join(blobs, first))) {
      hashes.push(...(await fs.readdir(path.join(blobs, first, second))));
    }
    if (hashes.length === 0) continue;
    const [instances, quarantined] = await Promise.all([
      db().instance.findMany({ where: { sha256: { in: hashes } }, select: { sha256: true } }),
      db().quarantinedObject.findMany({ where: { sha256: { in: hashes } }, select: { sha256: true } }),
    ]);
    const named = new Set([...instances, ...quarantined].map(({ sha256 }) => sha256));
    for (const hash of hashes.filter((candidate) => !named.has(candidate))) {
      log.warn({ sha256: hash }, 'Removing a blob that was never acknowledged');
      await fs.rm(path.join(blobs, hash.slice(0, 2), hash.slice(2, 4), hash), { force: true });
    }
  }
}
