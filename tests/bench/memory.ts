/**
 * `npm run bench:memory -- [--gigabytes N]`: what the server's process holds in memory while synthetic instances stream
 * in by STOW-RS and C-STORE, 20 GB of them unless told. Prints the resident memory per gigabyte and writes
 * bench-results/memory.json; with `--publish` also the section of docs/BENCHMARKS.md. The database's processes are not
 * in the figure: their memory is set by their own configuration.
 */
import fs from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadNow, machine } from './machine.ts';
import { percentile } from './statistics.ts';
import { type CtSeries, ctSeries, withFreshUids } from './store/ct-series.ts';
import { startProduct } from './store/product.ts';
import { publishSection } from './store/report.ts';
import { storescu } from './store/storescu.ts';
import { stow } from './store/stow.ts';

const { values } = parseArgs({
  options: { gigabytes: { type: 'string' }, publish: { type: 'boolean' } },
});
const gigabytes = Number(values.gigabytes ?? 20);
const SLICES = 100;
/** After the first gigabytes: what is compiled, pooled and cached once is there then. */
const SETTLED_GB = Math.min(2, gigabytes / 4);

const loadBefore = loadNow();
const series = ctSeries(SLICES);
const product = await startProduct();
const { pid } = product.server;
const samples: { gigabytes: number; mebibytes: number }[] = [];
const resident = async (): Promise<number> => {
  const status = await fs.readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
};
const atRest = await resident();
let sentBytes = 0;
const sampler = setInterval(async () => {
  samples.push({ gigabytes: sentBytes / 1e9, mebibytes: await resident() });
}, 500);

try {
  const target = { origin: product.origin, headers: { authorization: `Bearer ${product.token}` } };
  const listener = { port: product.dicomPort, calledAet: 'CONSILIUM' };
  const send = async (how: (fresh: CtSeries) => Promise<unknown>) => {
    const fresh = withFreshUids(series);
    await how(fresh);
    sentBytes += fresh.instances.reduce((sum, { bytes }) => sum + bytes.length, 0);
  };
  while (sentBytes < gigabytes * 1e9) {
    await Promise.all([
      send((fresh) => stow(target, fresh, { batch: 10, connections: 2 })),
      send((fresh) => storescu(listener, fresh, 2)),
    ]);
    if (samples.length % 20 === 0)
      console.log(`${(sentBytes / 1e9).toFixed(1)} GB: ${(await resident()).toFixed(0)} MiB`);
  }
  clearInterval(sampler);
  await report();
} finally {
  clearInterval(sampler);
  await product.stop();
}

async function report(): Promise<void> {
  const settled = samples
    .filter((sample) => sample.gigabytes >= SETTLED_GB)
    .map((sample) => sample.mebibytes);
  const [low, middle, high] = [0, 0.5, 1].map((share) => percentile(settled, share));
  const on = machine(loadBefore, {});
  const per = (from: number, to: number) =>
    percentile(
      samples.filter((s) => s.gigabytes >= from && s.gigabytes < to).map((s) => s.mebibytes),
      0.5,
    );
  const steps = Array.from({ length: 5 }, (_, index) => (index * gigabytes) / 5);
  const table = [
    '| gigabytes received | resident memory, MiB (median) |',
    '|---|---:|',
    `| at rest, before | ${atRest.toFixed(0)} |`,
    ...steps.map((from) => {
      const to = from + gigabytes / 5;
      return `| ${from.toFixed(0)} to ${to.toFixed(0)} | ${per(from, to).toFixed(0)} |`;
    }),
    '',
    `After the first ${SETTLED_GB} GB: least ${low?.toFixed(0)}, median ${middle?.toFixed(0)}, most ${high?.toFixed(0)} MiB (n ${settled.length}).`,
    '',
    `${on.date} UTC, build ${on.build}; ${on.cpu}, ${on.cores} cores, ${on.memoryGiB} GiB; Node ${on.versions.Node}`,
  ].join('\n');
  await fs.mkdir('bench-results', { recursive: true });
  await fs.writeFile(
    'bench-results/memory.json',
    `${JSON.stringify({ machine: on, gigabytes, atRest, samples }, null, 2)}\n`,
  );
  console.log(`\n${table}\n`);
  if (values.publish) await publishSection('memory', table);
}
