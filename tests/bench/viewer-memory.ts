/**
 * `npm run bench:viewer-memory -- [--minutes N] [--clinical]`: what a page of the room holds in memory while its presenter
 * goes from a PET/CT with its radiotherapy to another case and back, for an hour unless told. Prints the renderer's own
 * memory by part of the time and writes bench-results/viewer-memory.json; with `--publish` also the section of
 * docs/BENCHMARKS.md. `--clinical`: the PET/CT is one of 300 CT slices instead of the demonstration's 199; its figures
 * are viewer-memory-clinical.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_PASSWORD } from '../../prisma/seed/people.ts';
import { startServer } from '../setup/server-process.ts';
import { loadNow, machine } from './machine.ts';
import { percentile } from './statistics.ts';
import { publishSection } from './store/report.ts';
import { BarePage } from './viewer/bare-page.ts';
import { addClinicalCase, CLINICAL_PATIENT } from './viewer/clinical-case.ts';
import { residentBytes } from './viewer/renderer-memory.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    clinical: { type: 'boolean', default: false },
    publish: { type: 'boolean', default: false },
  },
});
const minutes = Number(options.minutes);
const MIB = 1024 ** 2;
const PARTS = 6;
/** The whole body with PET, structures, plan and dose; and a CT of another patient. */
const cases = [options.clinical ? CLINICAL_PATIENT : 'SYNTHETIQUE Hodgkine', 'SYNTHETIQUE Thorace'] as const;
const name = options.clinical ? 'viewer-memory-clinical' : 'viewer-memory';

type Sample = { minute: number; mebibytes: number; open: string };

const loadBefore = loadNow();
const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-viewer-memory-'));
const server = await startServer({ dataDir });
const page = await BarePage.open(`${server.origin}/sign-in`, { width: 1280, height: 760 });
/** Of several renderers the one that holds most is the page's: the others wait for a page. */
const memory = async () =>
  Math.max(...(await Promise.all((await page.renderers()).map(residentBytes)))) / MIB;
try {
  await signIn('chair@igr.demo');
  const { sessions } = await json<{ sessions: { id: string }[] }>('/api/sessions?day=today');
  const id = sessions[0]?.id ?? '';
  if (options.clinical) await addClinicalCase(server.origin, id);
  const raw = await voxelBytes(id);
  await page.ask(`location.assign('/sessions/${id}/room')`);
  await page.until(`document.querySelector('[data-room][data-connection=live]')`);
  const empty = await memory();
  const samples: Sample[] = [];
  const began = performance.now();
  const minute = () => (performance.now() - began) / 60_000;
  let open: string = '';
  let sampling = true;
  const sampler = (async () => {
    while (sampling) {
      samples.push({ minute: minute(), mebibytes: await memory(), open });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  let switches = 0;
  while (minute() < minutes) {
    open = cases[switches % 2] ?? cases[0];
    await openWholly(open);
    switches += 1;
    if (switches % 20 === 0)
      console.log(
        `${minute().toFixed(1)} min, ${switches} cases: ${samples.at(-1)?.mebibytes.toFixed(0)} MiB`,
      );
  }
  sampling = false;
  await sampler;
  await report({ empty, raw: raw / MIB, switches, samples });
} finally {
  await page.close();
  await server.stop();
  await fs.rm(dataDir, { recursive: true, force: true });
}

/** An answer to the page. */
function json<T>(address: string): Promise<T> {
  return page.ask<T>(`fetch(${JSON.stringify(address)}).then((answer) => answer.json())`);
}

async function signIn(email: string): Promise<void> {
  await page.until(`location.pathname === '/sign-in' && document.readyState === 'complete'`);
  const { csrfToken } = await json<{ csrfToken: string }>('/api/auth/csrf');
  const form = JSON.stringify({ csrfToken, email, password: DEMO_PASSWORD, json: 'true' });
  const post = `{ method: 'POST', body: new URLSearchParams(${form}) }`;
  await page.ask(`fetch('/api/auth/callback/credentials', ${post}).then((answer) => answer.text())`);
}

/** Opens a case of the agenda, and waits until all of it is there and every image decoded. */
async function openWholly(patient: string): Promise<void> {
  const isOpen = `document.querySelector('[aria-current=step]')?.textContent.includes('${patient}')`;
  const button = `[...document.querySelectorAll('button')].find((one) => one.ariaLabel?.endsWith('${patient}'))`;
  if (!(await page.ask<boolean>(`Boolean(${isOpen})`))) {
    await page.until(button);
    await page.ask(`${button}.click()`);
  }
  await page.until(isOpen);
  await page.until(`document.querySelector('[data-viewer][data-complete=true] [data-painted]')`);
  await page.until(`!document.querySelector('[data-viewer] progress')`);
}

/** What the pixels of the first case take as they are stored: images and dose. */
async function voxelBytes(sessionId: string): Promise<number> {
  type Item = { caseId: string; patientName: string };
  const { agenda } = await json<{ agenda: Item[] }>(`/api/sessions/${sessionId}`);
  const item = agenda.find((one) => one.patientName === cases[0]);
  type Study = { studyInstanceUid: string };
  const { studies } = await json<{ studies: Study[] }>(`/api/cases/${item?.caseId}`);
  let bytes = 0;
  for (const { studyInstanceUid } of studies) {
    const fields = 'includefield=00280010,00280011,00280100,00280008&limit=5000';
    const instances = await json<Record<string, { Value?: unknown[] }>[]>(
      `/dicomweb/studies/${studyInstanceUid}/instances?${fields}`,
    );
    for (const one of instances) {
      const number = (tag: string, otherwise = 0) => Number(one[tag]?.Value?.[0] ?? otherwise);
      bytes += number('00280010') * number('00280011') * (number('00280100') / 8) * number('00280008', 1);
    }
  }
  return bytes;
}

async function report(all: { empty: number; raw: number; switches: number; samples: Sample[] }) {
  const { empty, raw, switches, samples } = all;
  const on = machine(loadBefore, {});
  const part = minutes / PARTS;
  const rows = Array.from({ length: PARTS }, (_, index) => {
    const within = samples
      .filter((one) => one.minute >= index * part && one.minute < (index + 1) * part)
      .map((one) => one.mebibytes);
    const [middle, most] = [percentile(within, 0.5), Math.max(...within)];
    const cells = [middle, most, (most - empty) / raw];
    return `| ${(index * part).toFixed(0)} to ${((index + 1) * part).toFixed(0)} | ${cells[0]?.toFixed(0)} | ${most.toFixed(0)} | ${cells[2]?.toFixed(2)} |`;
  });
  const table = [
    '| minutes | median, MiB | most, MiB | most above the empty room ÷ raw voxels |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
    `${switches} cases opened. The empty room: ${empty.toFixed(0)} MiB; raw voxels of the larger case: ${raw.toFixed(0)} MiB.`,
    '',
    `${on.date} UTC, build ${on.build}; ${on.cpu}, ${on.cores} cores, ${on.memoryGiB} GiB; load ${on.load.before.toFixed(2)} before and ${on.load.after.toFixed(2)} after`,
  ].join('\n');
  await fs.mkdir('bench-results', { recursive: true });
  await fs.writeFile(`bench-results/${name}.json`, `${JSON.stringify({ machine: on, ...all }, null, 2)}\n`);
  console.log(`\n${table}\n`);
  if (options.publish) await publishSection(name, table);
}
