import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readRunFile } from '@/lib/db/data-dir-lock.server.ts';
import { freePort, type ServerProcess, startServer } from '../../setup/server-process.ts';

export type Product = {
  origin: string;
  dicomPort: number;
  token: string;
  server: ServerProcess;
  dataDir: string;
  stop: () => Promise<void>;
};

/** The built server as it is installed: PostgreSQL, authorisation, audit, fsync and all; STORESCU is a known node. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-bench-'));
  const dicomPort = await freePort();
  const server = await startServer({ dataDir, env: { DICOM_PORT: String(dicomPort), ...env } });
  await addNode(dataDir, 'STORESCU');
  const token = execFileSync(
    'node_modules/.bin/tsx',
    ['lib/people/token-cli.ts', '--user', 'secretary@igr.demo'],
    { encoding: 'utf8', env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn' } },
  ).trim();
  return {
    origin: `${server.origin}/dicomweb`,
    dicomPort,
    token,
    server,
    dataDir,
    stop: async () => {
      await server.stop();
      await fs.rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A sending node of Institut A, as its administrator would describe it. */
export async function addNode(dataDir: string, aeTitle: string, port = 104): Promise<void> {
  const run = await readRunFile(dataDir);
  const client = new pg.Client({ connectionString: run?.databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO "RemoteNode" ("id", "centreId", "name", "aeTitle", "host", "port", "mayStore", "mayQuery", "mayRetrieve")
     SELECT gen_random_uuid(), "id", $1, $1, '127.0.0.1', $2, true, true, true FROM "Centre" WHERE "code" = 'IGR'`,
    [aeTitle, port],
  );
  await client.end();
}
