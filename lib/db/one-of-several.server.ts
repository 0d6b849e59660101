import pg from 'pg';
import { log } from '@/lib/log.server.ts';

const LOCK = [2007, 2012] as const;
const TRY_MS = 2000;

type Running = { stop: () => Promise<void> };

/**
 * Runs work that only one of several servers may do at a time: whichever holds a lock of the database, which ends with
 * its process; then another begins. A lost connection stops the work, for the lock went with it.
 */
export async function runInOneOfSeveral(
  url: string,
  start: () => Running | Promise<Running>,
  tryMs = TRY_MS,
): Promise<Running> {
  let client: pg.Client | undefined;
  let running: Running | undefined;
  let turn: Promise<void> = Promise.resolve();

  const lost = async () => {
    client = undefined;
    const before = running;
    running = undefined;
    await before?.stop();
  };
  const attempt = async () => {
    client ??= await connect(url, () => {
      turn = turn.then(lost);
    });
    if (running) return;
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`);
    if (rows[0].taken) running = await start();
  };
  const guarded = () => {
    turn = turn.then(attempt).catch((error) => log.warn({ err: error }, 'work of one of several servers'));
    return turn;
  };
  await guarded();
  const timer = setInterval(() => void guarded(), tryMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await turn;
      const held = client;
      await lost();
      await held?.end();
    },
  };
}

async function connect(url: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.once('error', lost);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
