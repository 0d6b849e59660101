import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { closeDatabase, openDatabase } from '@/lib/db/client.server.ts';
import { stopDiskThreads } from '@/lib/store/disk-threads.server.ts';
import { closeBlobFolders } from '@/lib/store/paths.server.ts';

export type TestDatabase = { url: string; dataDir: string; close: () => Promise<void> };

/**
 * A fresh, migrated database and an empty DATA_DIR for one test file, opened for the use cases of this process:
 * `beforeAll(async () => { database = await createTestDatabase() })`, `afterAll(() => database.close())`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const base = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(base, `CREATE DATABASE ${name} TEMPLATE template_consilium`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-test-data-'));
  process.env.DATA_DIR = dataDir;
  process.env.NEXTAUTH_SECRET ??= 'a secret for tests only, long enough';
  openDatabase(url.href);
  return {
    url: url.href,
    dataDir,
    close: async () => {
      await closeDatabase();
      await stopDiskThreads();
      await closeBlobFolders();
      await asAdmin(base, `DROP DATABASE ${name} WITH (FORCE)`);
      await fs.rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
