import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { log } from '@/lib/log.server.ts';
import { PrismaClient } from './generated/client.ts';

export type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

// Next bundles its own copy of this module; the one connection pool hangs on globalThis, in production too.
const shared = globalThis as typeof globalThis & {
  consiliumDb?: { url: string; client: PrismaClient; pool?: pg.Pool };
};

/** Opens the pool for a connection string, once per process. */
export function openDatabase(url: string): PrismaClient {
  if (shared.consiliumDb && shared.consiliumDb.url !== url) throw new Error('A database is open already');
  shared.consiliumDb ??= {
    url,
    client: new PrismaClient({
      adapter: new PrismaPg({ connectionString: url, max: 20 }),
      transactionOptions: { maxWait: 10_000, timeout: 30_000 },
    }),
  };
  return shared.consiliumDb.client;
}

/** The open database. Throws when `openDatabase` has not been called: a programming error, not a user's. */
export function db(): PrismaClient {
  if (!shared.consiliumDb) throw new Error('The database is not open');
  return shared.consiliumDb.client;
}

/** The connection string of the open database, for libraries with a pool of their own (jobs). */
export function databaseUrl(): string {
  if (!shared.consiliumDb) throw new Error('The database is not open');
  return shared.consiliumDb.url;
}

/** Connections of the driver itself, for the few statements that run so often that a client's work on them counts. */
export function driverPool(): pg.Pool {
  if (!shared.consiliumDb) throw new Error('The database is not open');
  shared.consiliumDb.pool ??= openPool(shared.consiliumDb.url);
  return shared.consiliumDb.pool;
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 4 });
  // A connection that breaks while nobody uses it: the next statement opens another.
  pool.on('error', ({ message }) => log.warn({ message }, 'A database connection was lost'));
  return pool;
}

export async function closeDatabase(): Promise<void> {
  const open = shared.consiliumDb;
  shared.consiliumDb = undefined;
  await open?.pool?.end();
  await open?.client.$disconnect();
}
