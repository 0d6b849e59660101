import { driverPool } from '@/lib/db/client.server.ts';
import { type CommitItem, commitBatch } from './commit-batch.ts';
import { nextBatch, studyKey } from './next-batch.ts';

export type CommitOutcome = {
  outcome: 'taken' | 'known' | 'conflict' | 'hidden' | 'other_patient';
  seriesId: string | null;
  /** What is stored under that SOP Instance UID already; null for `taken`. */
  storedSha256: string | null;
};

type Waiting = {
  item: CommitItem;
  resolve: (outcome: CommitOutcome) => void;
  reject: (error: unknown) => void;
};

const MAX_BATCH = 64;
/** Of different studies: one is parsed and executed while the other's commit reaches the disk. */
const MAX_RUNNING = 2;

let waiting: Waiting[] = [];
let running = 0;
const busy = new Set<string>();

/**
 * Puts an instance into the index, with its audit row, and resolves after the commit. What comes while its study's
 * commit is under way goes together in the next one: alone an object waits for nobody, many at once share the disk's
 * flush.
 */
export function commitInstance(item: CommitItem): Promise<CommitOutcome> {
  return new Promise((resolve, reject) => {
    waiting.push({ item, resolve, reject });
    next();
  });
}

function next(): void {
  while (running < MAX_RUNNING && waiting.length > 0) {
    const { batch, rest } = nextBatch(waiting, busy, MAX_BATCH);
    if (batch.length === 0) return;
    waiting = rest;
    running += 1;
    const studies = new Set(batch.map(studyKey));
    for (const study of studies) busy.add(study);
    void settle(batch).finally(() => {
      for (const study of studies) busy.delete(study);
      running -= 1;
      next();
    });
  }
}

async function settle(batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await commit(batch.map(({ item }) => item));
    for (const [index, one] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome) one.resolve(outcome);
      else one.reject(new Error('The index gave no outcome'));
    }
  } catch (error) {
    // A batch is one transaction: what one of it cannot have must not cost the others. Each by itself then.
    if (batch.length === 1) batch[0]?.reject(error);
    else for (const one of batch) await settle([one]);
  }
}

/** Prepared once per connection, and sent by the driver: it runs for every object that comes. */
const STATEMENT = {
  name: 'consilium_store_batch',
  text: `SELECT outcome, series_id::text, stored_sha256 FROM consilium_store_batch($1::jsonb) ORDER BY idx`,
};

async function commit(items: readonly CommitItem[]): Promise<CommitOutcome[]> {
  const { rows } = await driverPool().query<{
    outcome: CommitOutcome['outcome'];
    series_id: string | null;
    stored_sha256: string | null;
  }>({ ...STATEMENT, values: [commitBatch(items)] });
  return rows.map((row) => ({
    outcome: row.outcome,
    seriesId: row.series_id,
    storedSha256: row.stored_sha256,
  }));
}
