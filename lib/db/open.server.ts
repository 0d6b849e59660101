import fs from 'node:fs/promises';
import path from 'node:path';
import type { Env } from '@/lib/env.ts';
import { closeDatabase, openDatabase } from './client.server.ts';
import { holdDataDir, readRunFile } from './data-dir-lock.server.ts';
import { startEmbeddedDatabase } from './embedded.server.ts';
import { migrate } from './migrate.server.ts';

export type OpenDatabase = {
  url: string;
  /** This process holds DATA_DIR: it may sweep the store and migrate. */
  owner: boolean;
  close: () => Promise<void>;
};

/** The database for the server: the outside one, or the embedded one under DATA_DIR's lock; migrated and open. */
export async function openServerDatabase(env: Env): Promise<OpenDatabase> {
  await fs.mkdir(env.DATA_DIR, { recursive: true });
  const release = await holdDataDir(env.DATA_DIR);
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
    owner: true,
    close: async () => {
      await closeDatabase();
      await embedded?.stop();
      await release();
    },
  };
}

/**
 * The database for a command at the shell: the running server's when there is one (its DATA_DIR tells), else opened
 * as the server would and closed again at the end.
 */
export async function openCommandDatabase(env: Env): Promise<OpenDatabase> {
  const running = await readRunFile(env.DATA_DIR);
  if (!running) return openServerDatabase(env);
  openDatabase(running.databaseUrl);
  return { url: running.databaseUrl, owner: false, close: closeDatabase };
}

/** Where the blobs, the spool and what is derived from them live. */
export function storeDir(env: Pick<Env, 'DATA_DIR'>): string {
  return path.join(env.DATA_DIR, 'store');
}
