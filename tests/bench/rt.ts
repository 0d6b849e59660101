/**
 * `npm run bench:rt`: dose-volume histograms beside plastimatch's, on the same files: how far both are from what formulas
 * say, and what they cost. Prints tables, writes bench-results/rt.json; with `--publish` also the section of
 * docs/BENCHMARKS.md.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hodgkinFiles } from '@/lib/phantom/hodgkin.ts';
import { readInput } from '@/lib/rt/rt-input-cli.ts';
import { dvhsOf } from '@/lib/rt/rt-numbers.ts';
import { loadNow, machine } from './machine.ts';
import { type Cost, consilium, type Figures, plastimatch, plastimatchOnVoxels } from './rt/programs.ts';
import { evenDoseFile, spheresFile, truths } from './rt/spheres.ts';
import { percentile } from './statistics.ts';
import { publishSection } from './store/report.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** A real breast plan, where it is at hand; it does not come with the project. */
const REAL = process.env.RT_FOLDER ?? '../shared/data/rt_breast_dicompyler';

const say = (words: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);
const loadBefore = loadNow();
const root = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-rt-'));
try {
  const sets = await writeSets();
  const accuracy = compareWithTruth(path.join(root, 'spheres'));
  const costs = [];
  for (const [name, folder] of sets) costs.push({ name, ...(await compareCosts(name, folder)) });
  const version =
    execFileSync('plastimatch', ['--version'], { encoding: 'utf8' }).trim().split(' ').at(-1) ?? '';
  const on = machine(loadBefore, { plastimatch: version });
  await fs.mkdir('bench-results', { recursive: true });
  await fs.writeFile(
    'bench-results/rt.json',
    `${JSON.stringify({ machine: on, accuracy, costs }, null, 2)}\n`,
  );
  const where = `${on.date} UTC; ${on.cpu}, ${on.cores} cores, ${on.memoryGiB} GiB; load ${on.load.before.toFixed(2)} before and ${on.load.after.toFixed(2)} after; Node ${on.versions.Node}, plastimatch ${version}; ${ROUNDS} rounds by turns, medians`;
  const text = `${accuracyTable(accuracy)}\n\n${costTable(costs)}\n\n${where}`;
  console.log(`\n${text}\n`);
  if (process.argv.includes('--publish')) await publishSection('rt', text);
} finally {
  await fs.rm(root, { recursive: true, force: true });
}

/** Structure set and dose, each set a folder. */
async function writeSets(): Promise<Map<string, string>> {
  const write = async (set: string, file: string, bytes: Uint8Array) => {
    await fs.mkdir(path.join(root, set), { recursive: true });
    await fs.writeFile(path.join(root, set, file), bytes);
  };
  await write('spheres', 'structures.dcm', spheresFile());
  await write('spheres', 'dose.dcm', evenDoseFile());
  for (const { path: name, bytes } of hodgkinFiles()) {
    // The first three are the structure set, the plan and the dose.
    if (name.startsWith('CT/')) break;
    if (!name.startsWith('RTPLAN')) await write('phantom', `${path.dirname(name)}.dcm`, bytes);
  }
  const sets = new Map([
    ['4 spheres', path.join(root, 'spheres')],
    ['synthetic Hodgkin patient, 20 structures', path.join(root, 'phantom')],
  ]);
  if (await fs.stat(REAL).catch(() => null)) {
    for (const name of ['rtss.dcm', 'rtdose.dcm'])
      await write('breast', name, await fs.readFile(path.join(REAL, name)));
    sets.set('real breast plan, 10 structures', path.join(root, 'breast'));
  }
  return sets;
}

type Error = Record<keyof Figures, number>;

/** Relative errors in percent, of each sphere by each program. */
function compareWithTruth(folder: string) {
  const [own, peer] = [consilium(folder).figures, plastimatch(folder).figures];
  const errors = (found: Figures | undefined, truth: Figures): Error => {
    const error = (key: keyof Figures) => (100 * ((found?.[key] ?? Number.NaN) - truth[key])) / truth[key];
    return {
      volumeCc: error('volumeCc'),
      meanGy: error('meanGy'),
      d95Gy: error('d95Gy'),
      d2Gy: error('d2Gy'),
    };
  };
  return truths.map((truth) => ({
    name: truth.name,
    consilium: errors(own.get(truth.name), truth),
    plastimatch: errors(peer.get(truth.name), truth),
  }));
}

async function compareCosts(name: string, folder: string) {
  const whole = { consilium: [] as Cost[], plastimatch: [] as Cost[] };
  const withoutNpm = { consilium: [] as Cost[], plastimatch: whole.plastimatch };
  const computing = { consilium: [] as Cost[], plastimatch: [] as Cost[] };
  const input = await readInput([folder]);
  for (let round = 0; round <= ROUNDS; round += 1) {
    say(`${name}, round ${round}`);
    const costs = [
      consilium(folder),
      plastimatch(folder),
      computeHere(input),
      plastimatchOnVoxels(folder),
      consilium(folder, 'node tools/rt.mjs'),
    ] as const;
    // The first round warms the system's cache of files, and the plastimatch of the second kind prepares in it.
    if (round === 0) continue;
    whole.consilium.push(costs[0]);
    whole.plastimatch.push(costs[1]);
    computing.consilium.push(costs[2]);
    computing.plastimatch.push(costs[3]);
    withoutNpm.consilium.push(costs[4]);
  }
  return { whole: medians(whole), withoutNpm: medians(withoutNpm), computing: medians(computing) };
}

function computeHere(input: Awaited<ReturnType<typeof readInput>>): Cost {
  const [began, used] = [performance.now(), process.cpuUsage()];
  for (const { structureSet } of input.structureSets)
    for (const dose of input.doses) dvhsOf(structureSet, dose);
  const { user, system } = process.cpuUsage(used);
  return { wall: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}

type Pair<T> = { consilium: T; plastimatch: T };

function medians(of: Pair<Cost[]>): Pair<Cost> {
  const median = (costs: Cost[]): Cost => ({
    wall: percentile(
      costs.map((one) => one.wall),
      0.5,
    ),
    processor: percentile(
      costs.map((one) => one.processor),
      0.5,
    ),
  });
  return { consilium: median(of.consilium), plastimatch: median(of.plastimatch) };
}

function accuracyTable(rows: ReturnType<typeof compareWithTruth>): string {
  const cell = (percent: number) =>
    Number.isNaN(percent) ? '–' : `${percent >= 0 ? '+' : ''}${percent.toFixed(2)}`;
  const keys = ['volumeCc', 'meanGy', 'd95Gy', 'd2Gy'] as const;
  return [
    '| error in % of what the formula says | volume | mean dose | D95 | D2 |',
    '|---|---:|---:|---:|---:|',
    ...rows.flatMap(({ name, ...by }) =>
      (['consilium', 'plastimatch'] as const).map(
        (program) => `| ${name}: ${program} | ${keys.map((key) => cell(by[program][key])).join(' | ')} |`,
      ),
    ),
  ].join('\n');
}

type Costs = Record<'whole' | 'withoutNpm' | 'computing', Pair<Cost>>;

function costTable(rows: readonly ({ name: string } & Costs)[]): string {
  const line = (name: string, { consilium: own, plastimatch: peer }: Pair<Cost>) =>
    `| ${name} | ${[own.wall, peer.wall].map((one) => one.toFixed(2)).join(' | ')} | ${(peer.wall / own.wall).toFixed(1)} | ${[own.processor, peer.processor].map((one) => one.toFixed(2)).join(' | ')} | ${(peer.processor / own.processor).toFixed(1)} |`;
  return [
    '| seconds | Consilium | plastimatch | times as fast | processor: Consilium | plastimatch | times less |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows.flatMap(({ name, whole, withoutNpm, computing }) => [
      line(`${name}: whole command`, whole),
      line(`${name}: the same without npm`, withoutNpm),
      line(`${name}: computing alone`, computing),
    ]),
  ].join('\n');
}
