/**
 * `npm run bench:retrieve`: how quickly a viewer gets what it needs of a CT: the series' metadata and its frames, beside
 * Orthanc, and beside nginx serving the very frames as plain files, in the same run. Prints a table, writes
 * bench-results/retrieve.json; with `--publish` also the section of docs/BENCHMARKS.md.
 */
import fs from 'node:fs/promises';
import { loadNow, machine } from './machine.ts';
import { percentile } from './statistics.ts';
import { ctSeries } from './store/ct-series.ts';
import { fetchAll } from './store/fetch-all.ts';
import { nginxVersion, startNginx } from './store/nginx.ts';
import { orthancVersion, startOrthanc } from './store/orthanc.ts';
import { startProduct } from './store/product.ts';
import { type Comparison, comparisonTable, publishSection } from './store/report.ts';
import { stow } from './store/stow.ts';

const SLICES = 300;
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const METADATA_ROUNDS = 21;
const CONNECTIONS = 6;

type Source = { name: string; headers: Record<string, string>; metadata?: string; frames: string[] };

const say = (words: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);
const loadBefore = loadNow();
say(`painting a CT of ${SLICES} slices`);
const series = ctSeries(SLICES);
const FRAME_BYTES = 512 * 512 * 2;
const product = await startProduct();
const orthanc = await startOrthanc();
const nginx = await startNginx(
  series.instances.map(({ sopUid, bytes }) => ({
    name: sopUid,
    bytes: bytes.subarray(bytes.length - FRAME_BYTES),
  })),
);
try {
  const authorization = { authorization: `Bearer ${product.token}` };
  say('storing it');
  await stow({ origin: product.origin, headers: authorization }, series, { batch: 10, connections: 4 });
  await stow({ origin: orthanc.origin, headers: {} }, series, { batch: 10, connections: 4 });
  const dicomweb = (name: string, origin: string, headers: Record<string, string>): Source => {
    const root = `${origin}/studies/${series.studyUid}/series/${series.seriesUid}`;
    return {
      name,
      headers,
      metadata: `${root}/metadata`,
      frames: series.instances.map(({ sopUid }) => `${root}/instances/${sopUid}/frames/1`),
    };
  };
  const sources: Source[] = [
    dicomweb('Consilium', product.origin, authorization),
    dicomweb('Orthanc', orthanc.origin, {}),
    {
      name: 'nginx, plain files',
      headers: {},
      frames: series.instances.map(({ sopUid }) => `${nginx.origin}/${sopUid}`),
    },
  ];
  // Both have the series complete and warm before anything is timed.
  for (const { metadata, headers } of sources) if (metadata) await fetchAll([metadata, metadata], headers, 1);

  say('metadata');
  const metadata = await compare(
    `metadata of ${SLICES} instances, ms`,
    sources.filter((source) => source.metadata),
    METADATA_ROUNDS,
    async (source) => (await fetchAll([source.metadata ?? ''], source.headers, 1)).ms,
  );
  const zipped = await compare(
    `metadata of ${SLICES} instances, gzip accepted, ms`,
    sources.filter((source) => source.metadata),
    METADATA_ROUNDS,
    async (source) =>
      (await fetchAll([source.metadata ?? ''], { ...source.headers, 'accept-encoding': 'gzip' }, 1)).ms,
  );
  say('frames');
  const frames = await compare(
    `${SLICES} frames over ${CONNECTIONS} connections, ms`,
    sources,
    ROUNDS,
    async (source) => {
      const { ms, bytes } = await fetchAll(source.frames, source.headers, CONNECTIONS);
      if (bytes < SLICES * FRAME_BYTES) throw new Error(`${source.name} gave too little`);
      return ms;
    },
  );
  const comparisons = [metadata, zipped, frames];
  const result = {
    machine: machine(loadBefore, { Orthanc: orthancVersion(), nginx: nginxVersion() }),
    slices: SLICES,
    comparisons,
  };
  await fs.mkdir('bench-results', { recursive: true });
  await fs.writeFile('bench-results/retrieve.json', `${JSON.stringify(result, null, 2)}\n`);
  const table = comparisonTable(comparisons, 'milliseconds', result.machine);
  console.log(`\n${table}\n`);
  if (process.argv.includes('--publish')) await publishSection('retrieve', table);
} finally {
  await Promise.all([product.stop(), orthanc.stop(), nginx.stop()]);
}

/** Rounds by turns; the first of each is a warm-up. */
async function compare(
  name: string,
  sources: readonly Source[],
  rounds: number,
  time: (source: Source) => Promise<number>,
): Promise<Comparison> {
  const times = new Map(sources.map((source) => [source.name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const source of sources) {
      const ms = await time(source);
      if (round > 0) times.get(source.name)?.push(ms);
    }
  }
  return {
    name,
    higherIsBetter: false,
    rows: sources.map((source) => {
      const values = times.get(source.name) ?? [];
      return { name: source.name, median: percentile(values, 0.5), values };
    }),
  };
}
