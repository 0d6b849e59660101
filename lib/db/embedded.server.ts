import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { keptSecret } from '@/lib/kept-secret.server.ts';
import { log } from '@/lib/log.server.ts';
import { postgresPrograms } from './embedded-binary.server.ts';
import { makeCluster, postgresUser, type UnixUser } from './embedded-cluster.server.ts';
import { stopOrphan } from './embedded-orphan.server.ts';
import { ensureReachable } from './embedded-reachable.server.ts';

export type EmbeddedDatabase = { url: string; pid: number; stop: () => Promise<void> };

const USER = 'consilium';
const DATABASE = 'consilium';

/**
 * A real PostgreSQL in `<dataDir>/postgres`, made at the first start. It runs in a process group of its own, so that
 * Ctrl-C reaches us and not it, and is stopped last. A server left over by a killed run is stopped first.
 * Throws when PostgreSQL cannot be set up or does not answer within 30 s.
 */
export async function startEmbeddedDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  const databaseDir = path.join(dataDir, 'postgres');
  const password = await keptSecret(path.join(dataDir, 'secrets', 'postgres'));
  await stopOrphan(databaseDir);
  if (!(await exists(path.join(databaseDir, 'PG_VERSION')))) await makeCluster(databaseDir, USER, password);
  const user = postgresUser();
  if (user) await ensureReachable([databaseDir, (await postgresPrograms()).postgres], user);

  const port = await freePort();
  const child = await launch(databaseDir, port, user);
  const base = `postgresql://${USER}:${password}@127.0.0.1:${port}`;
  await waitUntilReady(`${base}/postgres`, child);
  await ensureDatabase(`${base}/postgres`);
  return { url: `${base}/${DATABASE}`, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function launch(databaseDir: string, port: number, user: UnixUser): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=100',
    'log_min_messages=warning',
    // Each checkpoint is followed by whole pages in the log again: rare ones, while studies come in.
    'max_wal_size=4GB',
    'checkpoint_timeout=15min',
  ];
  const logFile = await fs.open(path.join(databaseDir, '..', 'postgres.log'), 'a');
  const child = spawn(
    (await postgresPrograms()).postgres,
    ['-D', databaseDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, detached: true, stdio: ['ignore', logFile.fd, logFile.fd], cwd: databaseDir },
  );
  child.on('error', (error) => log.error({ err: error }, 'PostgreSQL did not start'));
  child.unref();
  await logFile.close();
  return child;
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error('PostgreSQL stopped while starting; see postgres.log in DATA_DIR');
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error('PostgreSQL does not answer; see postgres.log in DATA_DIR', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  await client.end();
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, the rest is written. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.ref();
  child.kill('SIGINT');
  await exited;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
