import fs from 'node:fs/promises';
import path from 'node:path';
import { log } from '@/lib/log.server.ts';

/**
 * Started by root, PostgreSQL runs as the user `postgres`, which must be able to walk down to its program and its
 * data. A folder above them that others may not enter (a private home, a temporary folder) gets the search bit for
 * others: entering, not listing and not reading.
 */
export async function ensureReachable(
  targets: readonly string[],
  user: { uid: number; gid: number },
): Promise<void> {
  for (const target of targets) {
    for (let dir = path.dirname(target); ; dir = path.dirname(dir)) {
      const stat = await fs.stat(dir);
      const enters =
        stat.uid === user.uid
          ? stat.mode & 0o100
          : stat.gid === user.gid
            ? stat.mode & 0o010
            : stat.mode & 0o001;
      if (!enters) {
        log.warn({ dir }, 'Letting the database user pass through this folder (o+x)');
        await fs.chmod(dir, (stat.mode & 0o7777) | 0o001);
      }
      if (dir === path.dirname(dir)) break;
    }
  }
}
