/**
 * `npm run crash -- [--rounds N] [--seed S]`: kill -9 of the whole server, again and again, while STOW-RS, C-STORE and
 * browser uploads send at once. After each start: nothing that was acknowledged may be missing or cut, no file may lie
 * about that nothing names. Two power cuts follow: one with the flushes as they are (nothing may be lost), one with
 * flushes that do nothing (something must be lost, or the simulation would show nothing). Ends non-zero on any finding.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { random } from '@/lib/phantom/random.ts';
import { startProduct } from '../bench/store/product.ts';
import { type ServerProcess, startServer } from '../setup/server-process.ts';
import { type Findings, inspect } from './inspect.ts';
import { cutPower } from './power-cut.ts';
import { type Doors, Ledger, senders } from './senders.ts';

const WAIT_FOR_SENDERS_MS = 10_000;

const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
const rounds = Number(values.rounds ?? 60);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const next = random(seed);
console.log(`${rounds} kills, seed ${seed}`);

const product = await startProduct();
const { dataDir, token } = product;
const ledger = new Ledger(next);
const checked = new Set<string>();
const log = `${dataDir}/volatile-disk.log`;
const found: Findings = { lost: [], broken: [], orphans: [] };
let server = product.server;
let failed = false;

const ports = { port: server.port, dicomPort: product.dicomPort };
const doors: Doors = { origin: server.origin, dicomPort: ports.dicomPort, token };
const start = (env: Record<string, string> = {}): Promise<ServerProcess> =>
  startServer({ dataDir, port: ports.port, env: { DICOM_PORT: String(ports.dicomPort), ...env } });

try {
  for (let round = 1; round <= rounds; round += 1) {
    await killWhileSending(200 + next() * 900);
    server = await start();
    collect(`kill ${round}`, await inspect(dataDir, ledger.sent, checked));
    if (round % 10 === 0) console.log(`${round} kills: ${summary()}`);
  }
  const preload = { NODE_OPTIONS: '--import ./tests/crash/volatile-disk.mjs', VOLATILE_DISK_LOG: log };
  await server.stop();
  server = await start(preload);
  await killWhileSending(1500);
  const kept = await cutPower(log, `${dataDir}/store/blobs`);
  server = await start();
  collect('power cut', await inspect(dataDir, ledger.sent, new Set()));
  console.log(`power cut: ${kept} names or contents that were not flushed were taken away; ${summary()}`);

  await server.stop();
  server = await start({ ...preload, VOLATILE_DISK: 'no-flush' });
  await killWhileSending(1500);
  await cutPower(log, `${dataDir}/store/blobs`);
  server = await start();
  const without = await inspect(dataDir, ledger.sent, new Set());
  console.log(`power cut without flushes: ${without.lost.length} acknowledged instances lost, as must be`);
  if (without.lost.length === 0) failed = true;
} finally {
  await server.stop();
  await product.stop();
}
console.log(`${rounds} kills, seed ${seed}: ${summary()}`);
if (failed || found.lost.length > 0 || found.broken.length > 0 || found.orphans.length > 0) {
  for (const line of [...found.lost, ...found.broken, ...found.orphans].slice(0, 50)) console.error(line);
  process.exitCode = 1;
}

/** Everybody sends; after so many milliseconds the whole process group is gone. */
async function killWhileSending(afterMs: number): Promise<void> {
  const gone = new AbortController();
  const sending = new Map<string, string>();
  const running = [...senders].map(([name, send]) =>
    send({ doors, ledger, gone: gone.signal, doing: (what) => sending.set(name, what) })
      .catch((error: unknown) => {
        // Before the kill nobody may be turned away; after it, every connection breaks.
        if (!gone.signal.aborted && !killed) throw error;
      })
      .finally(() => sending.delete(name)),
  );
  let killed = false;
  const failure = Promise.race(running).catch((error: unknown) => error);
  const early = await Promise.race([failure, setTimeout(Math.round(afterMs))]);
  killed = true;
  await server.kill();
  gone.abort();
  await untilEnded(sending);
  if (early instanceof Error) throw early;
}

/**
 * Waits for senders whose server is gone; one that still waits long after that is a failure. The clock also keeps this
 * program alive: with nothing left to wait for but a promise that never settles, Node ends without a word.
 */
async function untilEnded(sending: ReadonlyMap<string, string>): Promise<void> {
  const deadline = Date.now() + WAIT_FOR_SENDERS_MS;
  while (sending.size > 0 && Date.now() < deadline) await setTimeout(5);
  for (const [name, what] of sending) {
    console.error(`a sender waits for a server that is gone: ${name}, ${what}`);
    failed = true;
  }
}

function collect(when: string, findings: Findings): void {
  for (const kind of ['lost', 'broken', 'orphans'] as const)
    found[kind].push(...findings[kind].map((line) => `${when}: ${line}`));
}

function summary(): string {
  const acknowledged = ledger.sent.filter((one) => one.acknowledged).length;
  return `${ledger.sent.length} sent, ${acknowledged} acknowledged, ${found.lost.length} lost, ${found.broken.length} broken, ${found.orphans.length} orphans`;
}
