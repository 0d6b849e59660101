import { db } from '@/lib/db/client.server.ts';
import { log } from '@/lib/log.server.ts';
import { type Failure, failureOf } from './failure.ts';
import { backOff, MAX_ATTEMPTS, worthRetry } from './rules.ts';
import { runPull } from './run-pull.server.ts';
import { refusedItems, runPush } from './run-push.server.ts';
import { noteEnd, noteRetry, type RunningTransfer } from './transfer-log.server.ts';

/** Transfers at a time, over all nodes and to one of them: a long one must not keep the short ones waiting. */
const MAX_RUNNING = 4;
const MAX_PER_NODE = 2;
const TICK_MS = 500;

export type TransferOptions = {
  /** Milliseconds until the next attempt, after so many in a row without progress. */
  backOff?: (attempts: number) => number;
  maxAttempts?: number;
};

/**
 * Runs the transfers of this server until it is stopped. The table is the queue: what waits and is due is claimed,
 * and what a killed process left running waits again. It may run in one process only at a
 * time (of several servers, in one).
 */
export async function startTransfers(options: TransferOptions = {}): Promise<{ stop: () => Promise<void> }> {
  const runs = new Map<string, { nodeId: string; abort: AbortController; done: Promise<void> }>();
  let stopped = false;

  const tick = async () => {
    await abortCancelled(runs);
    await takeBackOrphans(runs);
    while (!stopped && runs.size < MAX_RUNNING) {
      const transfer = await claim(runs);
      if (!transfer) return;
      const abort = new AbortController();
      const done = attempt(transfer, abort.signal, options)
        .catch((error) => log.error({ err: error, transfer: transfer.id }, 'transfer'))
        .finally(() => runs.delete(transfer.id));
      runs.set(transfer.id, { nodeId: transfer.nodeId, abort, done });
    }
  };
  let ticking = Promise.resolve();
  const timer = setInterval(() => {
    ticking = ticking.then(tick).catch((error) => log.error({ err: error }, 'transfers'));
  }, TICK_MS);

  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await ticking;
      for (const { abort } of runs.values()) abort.abort();
      await Promise.all([...runs.values()].map(({ done }) => done));
    },
  };
}

/** Cancelling is a change in the database, by whichever process or bundle; this is where a run hears of it. */
async function abortCancelled(runs: ReadonlyMap<string, { abort: AbortController }>): Promise<void> {
  if (runs.size === 0) return;
  const ended = await db().transfer.findMany({
    where: { id: { in: [...runs.keys()] }, state: { not: 'running' } },
    select: { id: true },
  });
  for (const { id } of ended) runs.get(id)?.abort.abort();
}

/** What runs in the table and not here: left by a killed process, or by a run that could not write down its end. */
async function takeBackOrphans(runs: ReadonlyMap<string, unknown>): Promise<void> {
  await db().transfer.updateMany({
    where: { state: 'running', id: { notIn: [...runs.keys()] } },
    data: { state: 'waiting', nextAttemptAt: null },
  });
}

/** Takes the transfer that has waited longest. One that still ends its last run is left for later. */
async function claim(runs: ReadonlyMap<string, { nodeId: string }>): Promise<RunningTransfer | undefined> {
  const perNode = new Map<string, number>();
  for (const { nodeId } of runs.values()) perNode.set(nodeId, (perNode.get(nodeId) ?? 0) + 1);
  const busy = [...perNode].flatMap(([nodeId, count]) => (count >= MAX_PER_NODE ? [nodeId] : []));
  const due = await db().transfer.findFirst({
    where: {
      state: 'waiting',
      id: { notIn: [...runs.keys()] },
      nodeId: { notIn: busy },
      OR: [{ nextAttemptAt: null }, { nextAttemptAt: { lte: new Date() } }],
    },
    orderBy: [{ nextAttemptAt: { sort: 'asc', nulls: 'first' } }, { createdAt: 'asc' }],
    select: { id: true },
  });
  if (!due) return undefined;
  const { count } = await db().transfer.updateMany({
    where: { id: due.id, state: 'waiting' },
    data: { state: 'running', reason: null, detail: '' },
  });
  if (count === 0) return undefined;
  return db().transfer.findUniqueOrThrow({ where: { id: due.id }, include: { node: true } });
}

async function attempt(
  transfer: RunningTransfer,
  signal: AbortSignal,
  options: TransferOptions,
): Promise<void> {
  const failure = await run(transfer, signal);
  if (signal.aborted) {
    // Cancelled, and then this changes nothing; or the server stops, and the next start goes on at once.
    await db().transfer.updateMany({
      where: { id: transfer.id, state: 'running' },
      data: { state: 'waiting', nextAttemptAt: null },
    });
    return;
  }
  const now = await db().transfer.findUniqueOrThrow({ where: { id: transfer.id } });
  const attempts = now.sent > transfer.sent && transfer.direction === 'push' ? 1 : transfer.attempts + 1;
  if (!failure) {
    const refused = transfer.direction === 'push' && now.failed > 0;
    const end: Failure | null = refused
      ? { reason: 'objects_refused', detail: (await refusedItems(transfer.id)).slice(0, 1000) }
      : null;
    await noteEnd(transfer, end ? 'failed' : 'done', end, attempts);
    return;
  }
  log.info(
    { transfer: transfer.id, node: transfer.node.name, ...failure, attempts },
    'transfer not finished',
  );
  if (worthRetry(failure.reason) && attempts < (options.maxAttempts ?? MAX_ATTEMPTS)) {
    const wait = (options.backOff ?? backOff)(attempts);
    await noteRetry(transfer.id, failure, attempts, new Date(Date.now() + wait));
  } else await noteEnd(transfer, 'failed', failure, attempts);
}

async function run(transfer: RunningTransfer, signal: AbortSignal): Promise<Failure | null> {
  if (transfer.node.disabledAt) return { reason: 'node_disabled', detail: '' };
  try {
    return await (transfer.direction === 'push' ? runPush(transfer, signal) : runPull(transfer, signal));
  } catch (error) {
    const failure = failureOf(error);
    if (failure.reason === 'internal') log.error({ err: error, transfer: transfer.id }, 'transfer');
    return failure;
  }
}
