import type { FileResult, Outcome } from '@/lib/store/schema.ts';

/** A file to send. The path is the one in the dropped folder; with the size it names the file within its batch. */
export type QueuedFile = { path: string; size: number };

/** What went wrong with sending, by its code. `network` when no answer came at all. */
export type SendProblem = { code: string; title: string };

export type Send<F extends QueuedFile> = (
  file: F,
  hooks: {
    signal: AbortSignal;
    /** Bytes of the file that have left so far. */
    onProgress: (sent: number) => void;
    /** One per DICOM object: a zip has many. */
    onResult: (result: FileResult) => void;
  },
) => Promise<void>;

export type QueueOptions<F extends QueuedFile> = {
  send: Send<F>;
  /** Resolves after that time, or at once when the signal aborts. */
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Something in `snapshot` changed; may come thousands of times a second. */
  onChange: () => void;
  concurrency?: number;
};

export type QueueState = 'ready' | 'running' | 'stopped' | 'done';

export type QueueSnapshot = {
  state: QueueState;
  files: { total: number; done: number; failed: number };
  bytes: { total: number; sent: number };
  outcomes: Record<Outcome, number>;
  sending: { path: string; size: number; sent: number }[];
  /** Why it stopped by itself (a full disk, say); null when somebody stopped it. */
  stoppedBy: SendProblem | null;
  /** The network is away; sending goes on by itself. */
  waiting: boolean;
};

/** Nothing sent after these would fare better: the whole queue stops, and can be started again. */
const stopping = new Set([
  'storage_full',
  'storage_error',
  'upload_cancelled',
  'unauthenticated',
  'session_expired',
  'forbidden',
  'not_found',
]);
/** No fault of the file, and likely to pass: sent again, without end. */
const passing = new Set(['network', 'unavailable']);
const ATTEMPTS = 3;

/** Milliseconds before the next attempt: 1 s, 2 s, 4 s… and never more than 15 s. */
export const backoff = (failures: number): number => Math.min(15_000, 1000 * 2 ** (failures - 1));

const keyOf = ({ path, size }: QueuedFile): string => `${path}\0${size}`;

/**
 * Sends files some at a time and keeps the accounts. Knows nothing of browsers or React: how a file is sent and how
 * time passes are given. What an earlier run of the batch has a result for is not sent again.
 */
export class UploadQueue<F extends QueuedFile> {
  /** Every result so far, in the order in which they came. */
  readonly results: FileResult[] = [];
  readonly #indexOf = new Map<string, number>();
  #pending: F[];
  #failed: { file: F; problem: SendProblem }[] = [];
  #sending = new Map<F, number>();
  #files: { total: number; done: number };
  #bytes: { total: number; sent: number };
  #outcomes: Record<Outcome, number> = { taken: 0, known: 0, quarantined: 0, refused: 0 };
  #state: QueueState = 'ready';
  #stoppedBy: SendProblem | null = null;
  #waiting = 0;
  #abort = new AbortController();
  readonly #options: QueueOptions<F>;

  constructor(files: readonly F[], earlier: readonly FileResult[], options: QueueOptions<F>) {
    this.#options = options;
    const settled = new Set(earlier.map(keyOf));
    this.#pending = files.filter((file) => !settled.has(keyOf(file)));
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const left = this.#pending.reduce((sum, file) => sum + file.size, 0);
    this.#files = { total: files.length, done: files.length - this.#pending.length };
    this.#bytes = { total, sent: total - left };
    for (const result of earlier) this.#keep(result);
  }

  snapshot(): QueueSnapshot {
    const sending = [...this.#sending].map(([{ path, size }, sent]) => ({ path, size, sent }));
    const underway = sending.reduce((sum, one) => sum + one.sent, 0);
    return {
      state: this.#state,
      files: { ...this.#files, failed: this.#failed.length },
      bytes: { total: this.#bytes.total, sent: this.#bytes.sent + underway },
      outcomes: { ...this.#outcomes },
      sending,
      stoppedBy: this.#stoppedBy,
      waiting: this.#waiting > 0,
    };
  }

  /** Files that could not be sent, with why; `start` tries them again. */
  get failed(): readonly { file: F; problem: SendProblem }[] {
    return this.#failed;
  }

  /** Sends what is left; resolves when nothing is, or when the queue was stopped. */
  async start(): Promise<void> {
    if (this.#state === 'running') return;
    this.#pending = [...this.#failed.map(({ file }) => file), ...this.#pending];
    this.#failed = [];
    this.#state = 'running';
    this.#stoppedBy = null;
    this.#abort = new AbortController();
    this.#options.onChange();
    const workers = Array.from({ length: this.#options.concurrency ?? 4 }, () => this.#work());
    await Promise.all(workers);
    if (this.#state === 'running') this.#state = 'done';
    this.#options.onChange();
  }

  /** Stops sending. What is underway goes back to the front of the queue. */
  stop(): void {
    if (this.#state === 'running') this.#halt(null);
  }

  #halt(problem: SendProblem | null): void {
    this.#state = 'stopped';
    this.#stoppedBy = problem;
    this.#abort.abort();
    this.#options.onChange();
  }

  async #work(): Promise<void> {
    while (this.#state === 'running') {
      const file = this.#pending.shift();
      if (!file) return;
      const problem = await this.#sendOne(file);
      if (!problem) {
        this.#files.done += 1;
        this.#bytes.sent += file.size;
      } else if (this.#abort.signal.aborted || stopping.has(problem.code)) {
        this.#pending.unshift(file);
        if (!this.#abort.signal.aborted) this.#halt(problem);
      } else {
        this.#failed.push({ file, problem });
      }
      this.#options.onChange();
    }
  }

  /** Sends one file, again where that may help. Null when it arrived. */
  async #sendOne(file: F): Promise<SendProblem | null> {
    const { signal } = this.#abort;
    for (let failures = 1; ; failures += 1) {
      const problem = await this.#attempt(file);
      if (!problem || signal.aborted || stopping.has(problem.code)) return problem;
      const passes = passing.has(problem.code);
      if (!passes && failures >= ATTEMPTS) return problem;
      if (passes) this.#waiting += 1;
      this.#options.onChange();
      await this.#options.sleep(backoff(failures), signal);
      if (passes) this.#waiting -= 1;
      if (signal.aborted) return problem;
    }
  }

  async #attempt(file: F): Promise<SendProblem | null> {
    this.#sending.set(file, 0);
    try {
      await this.#options.send(file, {
        signal: this.#abort.signal,
        onProgress: (sent) => {
          this.#sending.set(file, Math.min(sent, file.size));
          this.#options.onChange();
        },
        onResult: (result) => this.#keep(result),
      });
      return null;
    } catch (error) {
      return asProblem(error);
    } finally {
      this.#sending.delete(file);
    }
  }

  #keep(result: FileResult): void {
    const before = this.#indexOf.get(keyOf(result));
    if (before === undefined) {
      this.#indexOf.set(keyOf(result), this.results.length);
      this.results.push(result);
    } else {
      // A zip that is sent again tells its entries again.
      this.#outcomes[this.results[before]?.outcome ?? result.outcome] -= 1;
      this.results[before] = result;
    }
    this.#outcomes[result.outcome] += 1;
  }
}

function asProblem(error: unknown): SendProblem {
  const problem = (error as { problem?: SendProblem } | null)?.problem;
  return problem ? { code: problem.code, title: problem.title } : { code: 'internal', title: '' };
}

/**
 * Names a drop by what is in it, so that the same drop is recognised after a reload: two folders of the same name
 * with other files in them are two drops. Paths, sizes and times of change, not contents.
 */
export function dropLabel(name: string, files: readonly (QueuedFile & { modified: number })[]): string {
  const lines = files.map(({ path, size, modified }) => `${path}\0${size}\0${modified}`).sort();
  const print = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((seed) => fnv1a(lines, seed)).join('');
  return `${name.slice(0, 150)} #${print}`;
}

/** 32-bit FNV-1a over the UTF-16 units of some lines, from a seed, as eight hex digits. */
function fnv1a(lines: readonly string[], seed: number): string {
  let hash = 0x811c9dc5 ^ seed;
  for (const line of lines) {
    for (let at = 0; at < line.length; at += 1) hash = Math.imul(hash ^ line.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x0a, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
