import fs from 'node:fs/promises';
import type { Machine } from '../machine.ts';
import { type Summary, summarise } from '../statistics.ts';
import type { Step } from './match.ts';
import type { RelayTimes } from './relay.ts';

/** `asked`: inputs made; `sent`: views that left the presenter; `steps`: those that the follower showed. */
export type Series = { asked: number; sent: number; steps: Step[]; lastArrived: boolean };

export type LiveResult = {
  machine: Machine;
  /** The follower's clock against the presenter's, already taken off every time. */
  skew: { ms: number; uncertainty: number };
  scroll: Series;
  windowing: Series;
  stream: Series[];
  relays: RelayTimes;
};

type Row = { name: string; of: Summary };

const row = (name: string, values: readonly number[]): Row => ({ name, of: summarise(values) });

function stages(name: string, steps: readonly Step[]): Row[] {
  const of = (words: string, took: (step: Step) => number) =>
    row(`${name}: ${words}`, steps.map(took).filter(Number.isFinite));
  return [
    of('input event to follower’s painted frame', (step) => step.painted - step.input),
    of('  of it: waiting for the presenter’s page', (step) => step.handled - step.input),
    of('  of it: presenter’s page, until it sends', (step) => step.sent - step.handled),
    of('  of it: network and server', (step) => step.received - step.sent),
    of('  of it: follower’s page, until it has painted', (step) => step.painted - step.received),
    of('beside it: input event to presenter’s own frame', (step) => step.ownPainted - step.input),
    of('what the room adds: follower’s painted − presenter’s own', (step) => step.painted - step.ownPainted),
    of('beside it: input event to follower’s next frame', (step) => step.next - step.input),
  ];
}

export function rows({ scroll, windowing, stream, relays }: LiveResult): Row[] {
  const last = stream.flatMap(({ steps }) => steps.at(-1) ?? []);
  const all = stream.flatMap(({ steps }) => steps);
  return [
    ...stages('scroll', scroll.steps),
    ...stages('window', windowing.steps),
    row(
      '30 a second: last input to follower’s painted frame',
      last.map((step) => step.painted - step.input),
    ),
    row(
      '30 a second: age of each frame that the follower painted',
      all.map((step) => step.painted - step.input),
    ),
    row(
      '30 a second: network and server',
      all.map((step) => step.received - step.sent),
    ),
    row('relay between two Node clients: this server', relays.product),
    row('relay between two Node clients: bare Socket.IO', relays.socketIo),
    row('relay between two Node clients: bare ws', relays.ws),
  ];
}

/** What ends the table: what was left out, and the ratios. */
function remarks(result: LiveResult): string[] {
  const { scroll, windowing, stream, relays, skew } = result;
  const median = (values: readonly number[]) => summarise(values).median;
  const ratio = (a: readonly number[], b: readonly number[]) => (median(a) / median(b)).toFixed(2);
  const total = (of: (one: Series) => number) => stream.reduce((sum, one) => sum + of(one), 0);
  const left = (one: Series) => `${one.asked - one.steps.length} of ${one.asked}`;
  return [
    `this server / bare Socket.IO ${ratio(relays.product, relays.socketIo)}, this server / bare ws ${ratio(relays.product, relays.ws)} (medians; one view is ${relays.bytes} bytes of JSON)`,
    `steps without a pair and left out: scroll ${left(scroll)}, window ${left(windowing)}`,
    `30 a second: ${stream.length} bursts, ${total((one) => one.asked)} inputs, ${total((one) => one.sent)} views sent, ${total((one) => one.steps.length)} shown by the follower, the others overtaken by newer ones; the last one shown in ${stream.filter((one) => one.lastArrived).length} of ${stream.length}`,
    `clocks of the two pages: ${skew.ms.toFixed(2)} ms apart, ± ${skew.uncertainty.toFixed(2)} ms, taken off`,
  ];
}

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

export function table(result: LiveResult): string {
  const lines = rows(result).map(
    ({ name, of }) =>
      `${name.padEnd(62)}${ms(of.min).padStart(9)}${ms(of.median).padStart(9)}${ms(of.p95).padStart(9)}${ms(of.max).padStart(9)}${String(of.n).padStart(7)}`,
  );
  const head = `${'milliseconds'.padEnd(62)}${'least'.padStart(9)}${'median'.padStart(9)}${'p95'.padStart(9)}${'max'.padStart(9)}${'n'.padStart(7)}`;
  return [head, ...lines, '', ...remarks(result), conditions(result.machine)].join('\n');
}

const conditions = ({ date, build, cpu, cores, memoryGiB, load, versions }: Machine): string =>
  `${date} UTC, build ${build}; ${cpu}, ${cores} cores, ${memoryGiB} GiB; load ${load.before.toFixed(2)} before and ${load.after.toFixed(2)} after; ${Object.entries(
    versions,
  )
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}`;

const FILE = 'docs/BENCHMARKS.md';
const BEGIN = '<!-- bench:live -->';
const END = '<!-- /bench:live -->';

/** Puts the figures of this run between their two marks in docs/BENCHMARKS.md; the words around them stay. */
export async function publish(result: LiveResult): Promise<void> {
  const text = await fs.readFile(FILE, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${FILE} has no section between ${BEGIN} and ${END}`);
  const figures = [
    '| milliseconds | least | median | 95th percentile | most | n |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows(result).map(
      ({ name, of }) =>
        `| ${name.trim()} | ${ms(of.min)} | ${ms(of.median)} | ${ms(of.p95)} | ${ms(of.max)} | ${of.n} |`,
    ),
    '',
    ...remarks(result).map((one) => `- ${one}`),
    `- ${conditions(result.machine)}`,
  ];
  await fs.writeFile(FILE, `${text.slice(0, before)}${BEGIN}\n${figures.join('\n')}\n${text.slice(after)}`);
}
