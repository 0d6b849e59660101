import pg from 'pg';
import { log } from '@/lib/log.server.ts';

/** Advisory locks of one database; any two numbers that nobody else uses. */
const SERVERS = [2007, 2011] as const;
const RETRY_MS = 1000;

export type ServerLock = {
  /** No other server uses this database now: what one that was killed left behind may be cleared away. */
  alone: boolean;
  /** The start is through: others may come in. */
  share: () => Promise<void>;
  release: () => Promise<void>;
};

/**
 * Takes a database for this server; the database itself holds the lock, so that it ends with the process. With
 * `several` others that say so too may use it at the same time: the first one is alone until it calls `share`, and the
 * others wait for that. Throws one clear line when one runs that is not of several, or this is not.
 */
export async function lockForServer(url: string, several: boolean): Promise<ServerLock> {
  let client = await connect(url);
  let released = false;
  const alone = await tryLock(client, 'pg_try_advisory_lock');
  if (!alone && several) await waitForShare(client);
  else if (!alone) {
    await client.end();
    throw new Error('Another Consilium uses this database: several need REDIS_URL, each of them');
  }
  /** After a lost connection: the lock went with it. */
  const again = async () => {
    try {
      client = await connect(url);
      await client.query(`SELECT pg_advisory_lock${several ? '_shared' : ''}(${SERVERS})`);
      watch();
    } catch {
      if (!released) setTimeout(() => void again(), RETRY_MS).unref();
    }
  };
  const watch = () => client.once('error', () => !released && void again());
  watch();
  return {
    alone,
    share: async () => {
      if (!alone || !several) return;
      await client.query(`SELECT pg_advisory_lock_shared(${SERVERS})`);
      await client.query(`SELECT pg_advisory_unlock(${SERVERS})`);
    },
    release: async () => {
      released = true;
      await client.end();
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.on('error', ({ message }) =>
    log.warn({ message }, 'The connection that holds the database was lost'),
  );
  await client.connect();
  return client;
}

async function tryLock(client: pg.Client, lock: string): Promise<boolean> {
  const { rows } = await client.query(`SELECT ${lock}(${SERVERS}) AS taken`);
  return rows[0].taken;
}

/** How long another server may take to start, in ms. */
const START_MS = 120_000;

async function waitForShare(client: pg.Client): Promise<void> {
  await client.query(`SET lock_timeout = ${START_MS}`);
  await client.query(`SELECT pg_advisory_lock_shared(${SERVERS})`).catch(() => {
    throw new Error('Another Consilium uses this database alone: several need REDIS_URL, each of them');
  });
  await client.query('SET lock_timeout = 0');
}
