import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * What a power cut may leave of the blob store, after volatile-disk.mjs wrote down what was flushed: a blob whose bytes
 * were not is empty, a name whose folder was not flushed after it is gone. Resolves with how many blobs were hit.
 */
export async function cutPower(logFile: string, blobs: string): Promise<number> {
  const lines = (await fs.readFile(logFile, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const flushedBytes = new Set<string>();
  /** Further names of a file, by the one that it was written under: a flush is for all of them. */
  const alsoNamed = new Map<string, string>();
  /** Names that no flush of their folder has followed yet. */
  const volatile = new Map<string, Set<string>>();
  for (const line of lines) {
    const [what, name = '', from = ''] = JSON.parse(line) as [string, string, string?];
    if (what === 'name') {
      const folder = path.dirname(name);
      if (!volatile.has(folder)) volatile.set(folder, new Set());
      volatile.get(folder)?.add(name);
      alsoNamed.set(from, name);
    } else {
      flushedBytes.add(name);
      volatile.delete(name);
    }
  }
  const hollow = [...alsoNamed].filter(([from]) => !flushedBytes.has(from)).map(([, name]) => name);
  let hit = 0;
  for (const name of hollow) {
    if (!name.startsWith(blobs)) continue;
    if (
      await fs.truncate(name, 0).then(
        () => true,
        () => false,
      )
    )
      hit += 1;
  }
  for (const name of [...volatile.values()].flatMap((set) => [...set])) {
    if (!name.startsWith(blobs)) continue;
    if (
      await fs.rm(name).then(
        () => true,
        () => false,
      )
    )
      hit += 1;
  }
  await fs.rm(logFile, { force: true });
  return hit;
}
