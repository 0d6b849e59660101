import fs from 'node:fs/promises';
import type { Env } from '@/lib/env.ts';
import { closeDatabase, openDatabase } from './client.server.ts';
import { holdDataDir, readRunFile } from './data-dir-lock.server.ts';
import { startEmbeddedDatabase } from './embedded.server.ts';
import { migrate } from './migrate.server.ts';
import { lockForServer, type ServerLock } from './server-lock.server.ts';

export type OpenDatabase = {
  url: string;
  /** Nobody else uses DATA_DIR now: this process may sweep the store. */
  owner: boolean;
  /** The start is through: other servers, where there are several, may come in. */
  share: () => Promise<void>;
  close: () => Promise<void>;
};

/**
 * The database for the server, migrated and open: the embedded one under DATA_DIR's lock, or the outside one under a lock
 * of its own. With REDIS_URL several servers share it and DATA_DIR.
 */
export async function openServerDatabase(env: Env): Promise<OpenDatabase> {
  await fs.mkdir(env.DATA_DIR, { recursive: true });
  const several = env.REDIS_URL !== undefined;
  const releaseDir = several ? async () => undefined : await holdDataDir(env.DATA_DIR);
  const lock = await lockOf(env).catch(async (error) => {
    await releaseDir();
    throw error;
  });
  const release = async () => {
    await lock?.release();
    await releaseDir();
  };
  const embedded = env.DATABASE_URL ? undefined : await startEmbeddedDatabase(env.DATA_DIR);
  const url = env.DATABASE_URL ?? embedded?.url ?? '';
  try {
    await migrate(url);
  } catch (error) {
    await embedded?.stop();
    await release();
    throw error;
  }
  openDatabase(url);
  return {
    url,
    owner: lock?.alone ?? true,
    share: async () => lock?.share(),
    close: async () => {
      await closeDatabase();
      await embedded?.stop();
      await release();
    },
  };
}

const lockOf = async (env: Env): Promise<ServerLock | undefined> =>
  env.DATABASE_URL ? lockForServer(env.DATABASE_URL, env.REDIS_URL !== undefined) : undefined;

/**
 * The database for a command at the shell: the running server's when there is one (its DATA_DIR tells), else opened
 * as the server would and closed again at the end.
 */
export async function openCommandDatabase(env: Env): Promise<OpenDatabase> {
  const running = await readRunFile(env.DATA_DIR);
  if (!running) return openServerDatabase(env);
  openDatabase(running.databaseUrl);
  return { url: running.databaseUrl, owner: false, share: async () => undefined, close: closeDatabase };
}
