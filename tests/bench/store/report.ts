import fs from 'node:fs/promises';
import type { Machine } from '../machine.ts';

/** One thing done by several programs; the first row is this one. */
export type Comparison = {
  name: string;
  higherIsBetter: boolean;
  rows: { name: string; median: number; values: number[] }[];
};

const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** Medians, and how many times better (above 1) or worse (below) this program is than each peer. */
export function comparisonTable(comparisons: readonly Comparison[], unit: string, on: Machine): string {
  const lines = [
    `| ${unit} | median | least | most | n | Consilium ÷ it |`,
    '|---|---:|---:|---:|---:|---:|',
  ];
  for (const { name, rows, higherIsBetter } of comparisons) {
    const own = rows[0]?.median ?? Number.NaN;
    for (const [index, row] of rows.entries()) {
      const ratio = higherIsBetter ? own / row.median : row.median / own;
      const cells = [row.median, Math.min(...row.values), Math.max(...row.values)].map(figure);
      lines.push(
        `| ${name}: ${row.name} | ${cells.join(' | ')} | ${row.values.length} | ${index === 0 ? '' : `${ratio.toFixed(2)}`} |`,
      );
    }
  }
  const versions = Object.entries(on.versions).map(([name, version]) => `${name} ${version}`);
  lines.push(
    '',
    `${on.date} UTC, build ${on.build}; ${on.cpu}, ${on.cores} cores, ${on.memoryGiB} GiB; load ${on.load.before.toFixed(2)} before and ${on.load.after.toFixed(2)} after; ${versions.join(', ')}`,
  );
  return lines.join('\n');
}

/** Writes a table between the markers of its section of docs/BENCHMARKS.md. */
export async function publishSection(name: string, table: string): Promise<void> {
  const file = 'docs/BENCHMARKS.md';
  const text = await fs.readFile(file, 'utf8');
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no section ${name}`);
  await fs.writeFile(file, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}
