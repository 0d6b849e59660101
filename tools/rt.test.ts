import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { square, structureSetFile } from '../tests/fixtures/rt-files.ts';

const run = promisify(execFile);

test('where its bundle cannot be kept the command answers all the same', async () => {
  const root = path.resolve(import.meta.dirname, '..');
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'rt-command-'));
  try {
    const set = path.join(folder, 'set.dcm');
    const contours = [0, 3, 6].map((z) => ({ points: square(10, z) }));
    await fs.writeFile(set, structureSetFile([{ number: 1, name: 'box', contours }]));
    // The same sources and packages, and a file where the folder for the bundle would be.
    await fs.mkdir(path.join(folder, 'tools'));
    await fs.mkdir(path.join(folder, 'node_modules'));
    await fs.copyFile(path.join(root, 'tools/rt.mjs'), path.join(folder, 'tools/rt.mjs'));
    await fs.writeFile(path.join(folder, 'node_modules/.cache'), '');
    const packages = ['esbuild', 'dcmjs', 'dicom-parser', '@cornerstonejs'].map(
      (one) => `node_modules/${one}`,
    );
    for (const one of ['lib', 'package.json', 'package-lock.json', ...packages])
      await fs.symlink(path.join(root, one), path.join(folder, one));
    const { stdout } = await run('node', [path.join(folder, 'tools/rt.mjs'), 'volumes', set, '--json']);
    expect(JSON.parse(stdout)[1].volumeCc).toBeCloseTo(0.9, 9);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}, 60_000);
