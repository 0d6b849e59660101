/**
 * Mutates DICOM objects and gives them to everything that reads one: `npm run fuzz -- --seconds 60 --seed 7`. Without
 * a seed one is drawn and printed; `--case N` checks one case of a seed again. What fails lies in test-results/fuzz/.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { checkCase } from './check.ts';
import { corpus } from './corpus.ts';
import { makeCase } from './mutate.ts';

const RESULTS = 'test-results/fuzz';
/** A case takes a millisecond; one that takes this long would go on for ever. */
const WATCHDOG_MS = 20_000;
/** A worker that needs more heap than this dies, and the case fails. */
const HEAP_MB = 768;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string', multiple: true },
    case: { type: 'string' },
  },
});
const drawn = Math.floor(Math.random() * 2 ** 31);
const seeds = (values.seed ?? [String(drawn)]).map((seed) => (seed === 'random' ? drawn : Number(seed)));
const seconds = Number(values.seconds ?? 60) / seeds.length;

/** A worker of Node 20 does not inherit tsx. */
const START = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./worker.ts', import.meta.url).href)});
})`;

let failures = 0;

function fail(seed: number, number: number, reason: string): void {
  failures += 1;
  fs.mkdirSync(RESULTS, { recursive: true });
  const file = `${RESULTS}/${seed}-${number}.dcm`;
  fs.writeFileSync(file, makeCase(seed, number, corpus()));
  console.error(`FAILED seed ${seed} case ${number} (${file}): ${reason}`);
}

/** Runs cases from `first` on until the time is over or the worker is lost; the number of the case it was at. */
function run(
  seed: number,
  first: number,
  until: number,
): Promise<{ number: number; read: number; lost: boolean }> {
  const shared = new SharedArrayBuffer(8);
  const [current, read] = [new Int32Array(shared, 0, 1), new Int32Array(shared, 4, 1)];
  Atomics.store(current, 0, first);
  const worker = new Worker(START, {
    eval: true,
    workerData: { seed, first, until, shared },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const at = () => Atomics.load(current, 0);
  return new Promise((resolve) => {
    let lost = false;
    let [last, since] = [first, Date.now()];
    const watchdog = setInterval(() => {
      if (at() !== last) [last, since] = [at(), Date.now()];
      else if (Date.now() - since > WATCHDOG_MS) {
        lost = true;
        fail(seed, at(), `still at it after ${WATCHDOG_MS} ms`);
        void worker.terminate();
      }
    }, 500);
    worker.on('message', ([number, reason]: [number, string]) => fail(seed, number, reason));
    worker.on('error', (error) => {
      lost = true;
      fail(seed, at(), String(error));
    });
    worker.on('exit', () => {
      clearInterval(watchdog);
      resolve({ number: at(), read: Atomics.load(read, 0), lost });
    });
  });
}

if (values.case !== undefined) {
  for (const seed of seeds) console.log(seed, checkCase(makeCase(seed, Number(values.case), corpus())));
} else {
  for (const seed of seeds) {
    console.log(`seed ${seed}, ${seconds} s`);
    const until = Date.now() + seconds * 1000;
    let [next, objects] = [0, 0];
    while (Date.now() < until && failures < 20) {
      const { number, read } = await run(seed, next, until);
      next = number + 1;
      objects += read;
    }
    console.log(`${next} cases, ${objects} of them still objects, ${failures} failures`);
  }
  process.exitCode = failures === 0 ? 0 : 1;
}
