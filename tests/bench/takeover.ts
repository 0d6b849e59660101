/**
 * `npm run bench:takeover`: a room of several processes with Redis. How long until the presenter's view is seen again
 * after kill -9 of the authority, and how long tabs need to be back after a rolling restart. Prints a table and writes
 * bench-results/takeover.json; with `--publish` also the section of docs/BENCHMARKS.md.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import { loadNow } from './machine.ts';
import { summarise } from './statistics.ts';
import { killAuthority } from './takeover/killed.ts';
import { rollingRestart } from './takeover/rolling.ts';
import { setStage } from './takeover/stage.ts';

const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const rounds = option('rounds', 10);
const tabs = option('tabs', 2000);
const WITHIN_MS = 5000;

const loadBefore = loadNow();
const stage = await setStage();
const elsewhere: number[] = [];
const there: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  elsewhere.push(await killAuthority(stage, 'elsewhere'));
  there.push(await killAuthority(stage, 'authority'));
  console.error(`round ${round + 1}: ${elsewhere.at(-1)?.toFixed(0)} ms, ${there.at(-1)?.toFixed(0)} ms`);
}
const { returns } = await rollingRestart(stage, tabs);
await stage.close();

const result = { loadBefore, loadAfter: loadNow(), elsewhere, there, tabs, returns };
await fs.mkdir('bench-results', { recursive: true });
await fs.writeFile('bench-results/takeover.json', `${JSON.stringify(result, null, 2)}\n`);
const row = (name: string, values: readonly number[]) => {
  const { n, median, p95, max } = summarise(values);
  return `| ${name} | ${n} | ${[median, p95, max].map((ms) => (ms / 1000).toFixed(2)).join(' | ')} |`;
};
const soon = returns.filter((ms) => ms <= WITHIN_MS).length;
const table = [
  '| seconds | n | median | p95 | max |',
  '|---|---:|---:|---:|---:|',
  row('kill -9 of the authority to a new view at a follower; presenter at another process', elsewhere),
  row('the same; presenter at the process that dies', there),
  row(`rolling restart, ${tabs} tabs: connection lost to snapshot`, returns),
  '',
  `- back within 5 s: ${soon} of ${returns.length} returns (${((100 * soon) / returns.length).toFixed(2)} %)`,
  `- ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores; load ${loadBefore.toFixed(2)} before and ${result.loadAfter.toFixed(2)} after; Node ${process.versions.node}`,
].join('\n');
console.log(table);

const FILE = 'docs/BENCHMARKS.md';
const [BEGIN, END] = ['<!-- bench:takeover -->', '<!-- /bench:takeover -->'];
if (process.argv.includes('--publish')) {
  const text = await fs.readFile(FILE, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${FILE} has no section between ${BEGIN} and ${END}`);
  await fs.writeFile(FILE, `${text.slice(0, before)}${BEGIN}\n${table}\n${text.slice(after)}`);
}
process.exit(0);
