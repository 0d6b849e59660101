import fs from 'node:fs/promises';
import path from 'node:path';
import { db } from '@/lib/db/client.server.ts';
import { log } from '@/lib/log.server.ts';
import { derivedFiles } from './derived-files.server.ts';
import { blobFolders, storePaths } from './paths.server.ts';

const ASKED_AT_ONCE = 1000;
/** What may be on its way into the index is left alone: a new name, or the same again, sets a file's change time. */
const UNDER_WAY_MS = 3_600_000;

/**
 * Removes blobs that no row names: of purged studies, of objects that were known in another file, and what a crash
 * left where the spool could not tell. Runs beside open doors, folder by folder, without haste. Returns how many.
 */
export async function sweepOrphans(olderThanMs = UNDER_WAY_MS): Promise<number> {
  let removed = 0;
  for (const folder of blobFolders) {
    const full = path.join(storePaths().blobs, folder);
    const orphans = await unnamed(await fs.readdir(full));
    for (const sha256 of orphans) if (await removeOld(path.join(full, sha256), olderThanMs)) removed += 1;
  }
  if (removed > 0) log.info({ removed }, 'Removed blobs that no object names');
  return removed;
}

/**
 * Removes what was derived from series that are no more: a picture or headers that were being made while their study
 * was purged, and what a crash left. Returns how many files.
 */
export async function sweepDerived(olderThanMs = UNDER_WAY_MS): Promise<number> {
  const files = await derivedFiles();
  let removed = 0;
  for (let at = 0; at < files.length; at += ASKED_AT_ONCE) {
    const some = files.slice(at, at + ASKED_AT_ONCE);
    const present = await db().series.findMany({
      where: { id: { in: [...new Set(some.map(({ seriesId }) => seriesId))] } },
      select: { id: true },
    });
    const known = new Set(present.map(({ id }) => id));
    for (const { seriesId, file } of some)
      if (!known.has(seriesId) && (await removeOld(file, olderThanMs))) removed += 1;
  }
  if (removed > 0) log.info({ removed }, 'Removed derived files of series that are no more');
  return removed;
}

/** Removes the file unless it changed lately. */
export async function removeOld(file: string, olderThanMs = UNDER_WAY_MS): Promise<boolean> {
  const stat = await fs.stat(file).catch(() => undefined);
  if (!stat || stat.ctimeMs > Date.now() - olderThanMs) return false;
  await fs.rm(file, { force: true });
  return true;
}

/** Those of these blobs that neither an instance nor a quarantined object names. */
export async function unnamed(hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return [];
  const where = { sha256: { in: [...hashes] } };
  const [instances, quarantined] = await Promise.all([
    db().instance.findMany({ where, select: { sha256: true } }),
    db().quarantinedObject.findMany({ where, select: { sha256: true } }),
  ]);
  const named = new Set([...instances, ...quarantined].map(({ sha256 }) => sha256));
  return hashes.filter((hash) => !named.has(hash));
}
