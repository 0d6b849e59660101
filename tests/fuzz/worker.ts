import { parentPort, workerData } from 'node:worker_threads';
import { checkCase } from './check.ts';
import { corpus } from './corpus.ts';
import { makeCase } from './mutate.ts';

/** Checks cases one after the other and says in shared memory which one it is at: the watchdog reads it there. */
const { seed, first, until, shared } = workerData as {
  seed: number;
  first: number;
  until: number;
  shared: SharedArrayBuffer;
};
const [current, read] = [new Int32Array(shared, 0, 1), new Int32Array(shared, 4, 1)];
const all = corpus();
for (let number = first; Date.now() < until; number++) {
  Atomics.store(current, 0, number);
  try {
    if (checkCase(makeCase(seed, number, all))) Atomics.add(read, 0, 1);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage([number, reason.split('\n').slice(0, 5).join('\n')]);
  }
}
