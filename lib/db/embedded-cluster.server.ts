import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { postgresPrograms } from './embedded-binary.server.ts';
import { ensureReachable } from './embedded-reachable.server.ts';

const run = promisify(execFile);

export type UnixUser = { uid: number; gid: number } | undefined;

/**
 * Makes the database's files with initdb. A first run that was killed half-way leaves a folder that initdb refuses:
 * it is built beside its place, then renamed. Throws with initdb's own words.
 */
export async function makeCluster(databaseDir: string, user: string, password: string): Promise<void> {
  const dataDir = path.dirname(databaseDir);
  const building = path.join(dataDir, 'postgres.building');
  const passwordFile = path.join(dataDir, 'postgres.password');
  await fs.rm(building, { recursive: true, force: true });
  await fs.mkdir(building, { recursive: true, mode: 0o700 });
  await fs.writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    const { initdb, postgres } = await postgresPrograms();
    const owner = process.getuid?.() === 0 ? (postgresUser() ?? createPostgresUser()) : undefined;
    if (owner) {
      for (const file of [building, passwordFile]) await fs.chown(file, owner.uid, owner.gid);
      await ensureReachable([building, postgres], owner);
    }
    await run(
      initdb,
      [
        `--pgdata=${building}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
      ],
      { ...owner, cwd: building },
    );
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
  await fs.rename(building, databaseDir);
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`; undefined when we are not root or there is none. */
export function postgresUser(): UnixUser {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const id = (flag: string) =>
      Number(
        execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      );
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createPostgresUser(): UnixUser {
  execFileSync('groupadd', ['-f', 'postgres']);
  execFileSync('useradd', ['-g', 'postgres', 'postgres']);
  return postgresUser();
}
