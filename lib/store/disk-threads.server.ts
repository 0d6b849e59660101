import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** They wait for the disk most of the time; more of them than these it does not serve any quicker. */
const MOST_THREADS = 4;
/** Whole paths: the server is started where its sources lie, and so are tests and commands. */
const SOURCE = path.resolve('lib/store/disk-thread.mjs');

/** An object that lies in shared memory, and where it is to go. */
type Job = {
  memory: SharedArrayBuffer;
  offset: number;
  size: number;
  /** Past the system's cache, if the file system can: the memory begins at a page. */
  direct: boolean;
  spoolFile: string;
  blobs: string;
};

type Answer = { id: number; sha256: string } | { id: number; failure: { code?: string; message: string } };
type Waiting = { resolve: (sha256: string) => void; reject: (error: unknown) => void };
type Thread = {
  worker: Worker;
  waiting: Map<number, Waiting>;
  lastId: number;
  /** The memory that it was told of last: another mention would cost more than all the rest of a message. */
  memory: SharedArrayBuffer | undefined;
};

// Next bundles its own copy of this module; the threads hang on globalThis.
const shared = globalThis as typeof globalThis & { consiliumDiskThreads?: Thread[] };
let forgotten: string[] = [];

/**
 * Writes an object into the spool and names it in the blob store; resolves with its SHA-256 when bytes and name are on
 * the disk. The memory must be left alone until then. Rejects with the disk's own error, nothing left in the spool.
 */
export function keepOnDisk(job: Job): Promise<string> {
  return new Promise((resolve, reject) => {
    const thread = idlest();
    thread.lastId += 1;
    if (thread.waiting.size === 0) thread.worker.ref();
    thread.waiting.set(thread.lastId, { resolve, reject });
    const memory = job.memory === thread.memory ? undefined : job.memory;
    thread.memory = job.memory;
    thread.worker.postMessage({ keep: { ...job, memory, id: thread.lastId } });
  });
}

/** Removes a file from the spool, some time soon: what a crash leaves of it, the next start clears. */
export function forgetSpooled(file: string): void {
  if (forgotten.push(file) > 1) return;
  setImmediate(() => {
    idlest().worker.postMessage({ forget: forgotten });
    forgotten = [];
  });
}

/** For tests, whose stores come and go within one process. */
export async function stopDiskThreads(): Promise<void> {
  await Promise.all((shared.consiliumDiskThreads ?? []).map(({ worker }) => worker.terminate()));
}

function idlest(): Thread {
  shared.consiliumDiskThreads ??= [];
  const threads = shared.consiliumDiskThreads;
  const [best] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
  if (best && (best.waiting.size === 0 || threads.length === MOST_THREADS)) return best;
  return started(threads);
}

function started(threads: Thread[]): Thread {
  // They make next to no rubbish; without a limit each has the server's own for its young.
  const worker = new Worker(SOURCE, {
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 },
  });
  const thread: Thread = { worker, waiting: new Map(), lastId: 0, memory: undefined };
  threads.push(thread);
  worker.unref();
  worker.on('message', (answer: Answer) => {
    const waiting = thread.waiting.get(answer.id);
    thread.waiting.delete(answer.id);
    // A command at the shell must not wait for threads that have nothing to do, nor end before they are done.
    if (thread.waiting.size === 0) worker.unref();
    if ('sha256' in answer) waiting?.resolve(answer.sha256);
    else waiting?.reject(Object.assign(new Error(answer.failure.message), { code: answer.failure.code }));
  });
  const lost = (error: Error) => {
    if (threads.includes(thread)) threads.splice(threads.indexOf(thread), 1);
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  };
  worker.on('error', lost);
  worker.on('exit', () => lost(new Error('A thread of the store has ended')));
  return thread;
}
