import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CtSeries } from './ct-series.ts';

/** Files of the sender lie in memory where they can: made and deleted beside the receivers' they would slow down those. */
const SENDER = existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();

/** C-STORE of a series by DCMTK's storescu, as many processes as associations. Resolves with the milliseconds. */
export async function storescu(
  target: { port: number; calledAet: string },
  series: CtSeries,
  associations: number,
): Promise<number> {
  const folder = await fs.mkdtemp(path.join(SENDER, 'consilium-send-'));
  const share = Math.ceil(series.instances.length / associations);
  await Promise.all(
    series.instances.map(async ({ bytes }, index) => {
      const part = path.join(folder, String(Math.floor(index / share)));
      await fs.mkdir(part, { recursive: true });
      await fs.writeFile(path.join(part, `${index}.dcm`), bytes);
    }),
  );
  const started = performance.now();
  await Promise.all(
    Array.from({ length: associations }, (_, part) => send(target, path.join(folder, String(part)))),
  );
  const took = performance.now() - started;
  await fs.rm(folder, { recursive: true });
  return took;
}

function send({ port, calledAet }: { port: number; calledAet: string }, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('storescu', ['-aec', calledAet, '127.0.0.1', String(port), '+sd', '+r', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`storescu: ${code} ${errors}`))));
  });
}

export const dcmtkVersion = (): string =>
  /v([\d.]+)/.exec(execFileSync('storescu', ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown';
