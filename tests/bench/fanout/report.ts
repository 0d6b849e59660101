import fs from 'node:fs/promises';
import os from 'node:os';
import { percentile } from '../statistics.ts';
import type { Drops } from './drops.ts';
import type { Round } from './round.ts';

const medianOf = (rounds: readonly Round[], read: (round: Round) => number): number =>
  percentile(rounds.map(read), 0.5);

const head = [
  '| participants | Hz | stalled | server | median ms | p99 ms | CPU ms per s | delivered | last heard by | fullest, bytes |',
  '|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|',
];

/** Medians of the rounds of each server, and beneath each pair Consilium's share of the peer's figure. */
export function tableOf(all: readonly Round[]): string {
  const groups = new Map<string, Round[]>();
  for (const one of all) {
    const key = `${one.participants} ${one.hz} ${one.stalled}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const lines = [...groups.values()].flatMap((rounds) => {
    const { participants, hz, stalled } = rounds[0] as Round;
    const of = (peer: Round['peer']) => rounds.filter((one) => one.peer === peer);
    const line = (peer: Round['peer']) => {
      const own = of(peer);
      return `| ${participants} | ${hz} | ${stalled} | ${peer} | ${medianOf(own, (r) => r.median).toFixed(2)} | ${medianOf(own, (r) => r.p99).toFixed(2)} | ${medianOf(own, (r) => r.cpuMs).toFixed(0)} | ${(100 * medianOf(own, (r) => r.delivered)).toFixed(1)} % | ${(100 * medianOf(own, (r) => r.last)).toFixed(1)} % | ${medianOf(own, (r) => r.fullest)} |`;
    };
    const share = (peer: Round['peer']) => {
      const ratio = (read: (round: Round) => number) =>
        (medianOf(of('Consilium'), read) / medianOf(of(peer), read)).toFixed(2);
      return `| | | | **Consilium ÷ ${peer}** | ${ratio((r) => r.median)} | ${ratio((r) => r.p99)} | ${ratio((r) => r.cpuMs)} | | | |`;
    };
    return [line('Consilium'), line('ws'), line('Bun'), share('ws'), share('Bun')];
  });
  return [...head, ...lines].join('\n');
}

/** What became of those whose connections were cut again and again. */
export const lineOfDrops = ({ clients, seconds, cuts, events, inOrder, cutOnce }: Drops): string =>
  `- ${clients} clients for ${seconds} s, each cut for two seconds again and again: ${cuts} cuts (${cutOnce} clients), ${events} events; ${inOrder} of ${clients * events} heard once and in order (${((100 * inOrder) / (clients * events)).toFixed(2)} %)`;

const FILE = 'docs/BENCHMARKS.md';
const BEGIN = '<!-- bench:fanout -->';
const END = '<!-- /bench:fanout -->';

/** Puts the figures of this run between their two marks in docs/BENCHMARKS.md. */
export async function publishFanout(
  all: readonly Round[],
  { loadBefore, loadAfter, drops }: { loadBefore: number; loadAfter: number; drops: Drops | null },
): Promise<void> {
  const text = await fs.readFile(FILE, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${FILE} has no section between ${BEGIN} and ${END}`);
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown';
  const note = `- ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${cpu}, ${os.cpus().length} cores; load ${loadBefore.toFixed(2)} before and ${loadAfter.toFixed(2)} after; Node ${process.versions.node}`;
  await fs.writeFile(
    FILE,
    `${text.slice(0, before)}${BEGIN}\n${tableOf(all)}\n\n${drops ? `${lineOfDrops(drops)}\n` : ''}${note}\n${text.slice(after)}`,
  );
}
