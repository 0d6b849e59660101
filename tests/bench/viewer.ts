/**
 * `npm run bench:viewer`: the viewer beside OHIF on Orthanc, on the same CT and structure set, in the same Chromium, by
 * turns. Prints a table, writes bench-results/viewer.json; with `--publish` also the section of docs/BENCHMARKS.md.
 * `--quick`: one round; `--profile 4g`: over a slow line, first images and contours only.
 */
import fs from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium, request } from '@playwright/test';
import config from '../../playwright.config.ts';
import { loadNow, machine, versionOf } from './machine.ts';
import { percentile } from './statistics.ts';
import { orthancVersion, startOrthanc } from './store/orthanc.ts';
import { startProduct } from './store/product.ts';
import { type Comparison, comparisonTable, publishSection } from './store/report.ts';
import { stow } from './store/stow.ts';
import { OHIF_VERSION, startOhif } from './viewer/ohif.ts';
import { oneRound, type Profile, type Round } from './viewer/runs.ts';
import { markedStudy } from './viewer/study.ts';
import { consilium, ohif } from './viewer/viewers.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    publish: { type: 'boolean', default: false },
    profile: { type: 'string', default: 'local' },
    rounds: { type: 'string' },
  },
});
const profile = options.profile as Profile;
if (profile !== 'local' && profile !== '4g') throw new Error(`--profile ${profile} is neither local nor 4g`);
const SLICES = options.quick ? 100 : 300;
const ROUNDS = Number(options.rounds ?? (options.quick ? 1 : 5));
const WHEEL_STEPS = options.quick ? 20 : 60;
const name = profile === 'local' ? 'viewer' : 'viewer-4g';

const say = (words: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);
const loadBefore = loadNow();
say(`painting a CT of ${SLICES} slices`);
const study = markedStudy(SLICES);
const product = await startProduct();
const orthanc = await startOrthanc();
const peer = await startOhif(orthanc.origin);
const browser = await chromium.launch({
  headless: true,
  ...config.use?.launchOptions,
});
try {
  say('storing it');
  const authorization = { authorization: `Bearer ${product.token}` };
  for (const series of [study.ct, study.structures]) {
    await stow({ origin: product.origin, headers: authorization }, series, { batch: 10, connections: 4 });
    await stow({ origin: orthanc.origin, headers: {} }, series, { batch: 10, connections: 4 });
  }
  const own = product.server.origin;
  const viewers = [
    consilium(own, await idOfStudy(own, authorization), SLICES),
    ohif(peer.origin, study.ct.studyUid, SLICES),
  ];
  const rounds = new Map(viewers.map((viewer) => [viewer.name, [] as Round[]]));
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const viewer of viewers) {
      const times = await oneRound(browser, viewer, { greys: study.greys, profile, wheelSteps: WHEEL_STEPS });
      rounds.get(viewer.name)?.push(times);
      say(
        `round ${round}, ${viewer.name}: ${Object.entries(times)
          .map(([key, value]) => `${key} ${value.toFixed(0)}`)
          .join(', ')}`,
      );
    }
  const comparisons = compare(rounds);
  const result = {
    machine: machine(loadBefore, {
      Chromium: browser.version(),
      '@cornerstonejs/core': versionOf('@cornerstonejs/core'),
      OHIF: OHIF_VERSION,
      Orthanc: orthancVersion(),
    }),
    slices: SLICES,
    profile,
    comparisons,
  };
  await fs.mkdir('bench-results', { recursive: true });
  await fs.writeFile(`bench-results/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  const table = comparisonTable(
    comparisons,
    profile === 'local' ? 'milliseconds, or steps a second' : 'milliseconds',
    result.machine,
  );
  console.log(`\n${table}\n`);
  if (options.publish) await publishSection(name, table);
} finally {
  await browser.close();
  await Promise.all([product.stop(), orthanc.stop(), peer.stop()]);
}

/** The study's own address, as the list of studies tells it. */
async function idOfStudy(origin: string, headers: Record<string, string>): Promise<string> {
  const client = await request.newContext({ extraHTTPHeaders: headers });
  const answer = await client.get(`${origin}/api/studies?query=SYN-H-7`);
  const { studies } = (await answer.json()) as { studies: { id: string; studyInstanceUid: string }[] };
  await client.dispose();
  const found = studies.find((one) => one.studyInstanceUid === study.ct.studyUid);
  if (!found) throw new Error('The study is not in the list');
  return found.id;
}

function compare(rounds: ReadonlyMap<string, Round[]>): Comparison[] {
  const asked: { key: keyof Round; name: string; higherIsBetter?: boolean }[] = [
    { key: 'coldFirst', name: 'first correct image, nothing kept' },
    { key: 'warmFirst', name: 'first correct image, opened before' },
    { key: 'coldAll', name: `all ${SLICES} images decoded, nothing kept` },
    { key: 'warmAll', name: `all ${SLICES} images decoded, opened before` },
    { key: 'contours', name: 'first contours, opened before' },
    { key: 'wheel', name: `${WHEEL_STEPS} steps of the wheel, each painted, a second`, higherIsBetter: true },
    {
      key: 'wheelHanded',
      name: 'the same, from when the page has the notch',
      higherIsBetter: true,
    },
  ];
  return asked
    .map(({ key, name, higherIsBetter = false }) => ({
      name,
      higherIsBetter,
      rows: [...rounds].map(([viewer, times]) => {
        const values = times.map((one) => one[key]);
        return { name: viewer, median: percentile(values, 0.5), values };
      }),
    }))
    .filter(({ rows }) => rows.every((row) => Number.isFinite(row.median)));
}
