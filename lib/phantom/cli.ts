/** `npm run phantom -- <folder> [--seed N] [--mr]`: the synthetic patient as DICOM files, on request with an MR and its registration. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  DEFAULT_SEED,
  hodgkinFileCount,
  hodgkinFiles,
  hodgkinPatient,
  type PhantomFile,
  wholeBody,
} from './hodgkin.ts';
import { hodgkinMrFiles, mrFileCount } from './mr-series.ts';
import { phantomTruth } from './truth.ts';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      seed: { type: 'string', default: String(DEFAULT_SEED) },
      mr: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (!folder || positionals.length > 1)
    throw new Error('Usage: npm run phantom -- <folder> [--seed N] [--mr]');
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > 999_999)
    throw new Error(`--seed ${values.seed} is no whole number from 0 to 999999`);
  const root = path.resolve(folder);
  const total = hodgkinFileCount(wholeBody) + (values.mr ? mrFileCount : 0);
  const counts = new Map<string, number>();
  let done = 0;
  for (const { path: name, bytes } of files(seed, values.mr)) {
    const target = path.join(root, name);
    const kind = path.dirname(name);
    if (!counts.has(kind)) await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, bytes);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    done += 1;
    progress(done, total);
  }
  report(root, seed, counts);
}

function* files(seed: number, mr: boolean): Generator<PhantomFile> {
  yield* hodgkinFiles(seed);
  if (mr) yield* hodgkinMrFiles(seed);
}

function progress(done: number, total: number): void {
  if (!process.stderr.isTTY && done % 100 !== 0 && done !== total) return;
  const width = 30;
  const filled = Math.round((done / total) * width);
  process.stderr.write(
    `\r[${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${done}/${total}${done === total ? '\n' : ''}`,
  );
}

function report(root: string, seed: number, counts: ReadonlyMap<string, number>): void {
  const patient = hodgkinPatient(seed);
  const truth = phantomTruth(seed);
  console.log(`${patient.name} (${patient.id}) in ${root}`);
  console.log([...counts].map(([kind, count]) => `${kind} ${count}`).join(', '));
  console.log(`SUV by body weight of 1 Bq/ml: ${truth.suvPerBqMl.toPrecision(7)}`);
  for (const { name, suv, onCt } of truth.lesions) {
    const cc = truth.rois.find((roi) => roi.name === name)?.contourVolumeCc ?? 0;
    console.log(`${name}: ${cc.toFixed(2)} cc, SUV ${suv}${onCt ? '' : ', not visible on CT'}`);
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
