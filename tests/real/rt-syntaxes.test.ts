/** `npm run rt` on the same objects in other transfer syntaxes: the same numbers. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doseFile, square, structureSetFile } from '../fixtures/rt-files.ts';
import { rt, within } from './rt-command.ts';
import { DATA } from './structure-sets.ts';

let folder: string;
const at = (name: string): string => path.join(folder, name);
/** A box round (3, 7, 13.5) in a dose that grows evenly: 25.75 Gy in the middle, 18.25 to 33.25 at its corners. */
const gray = (x: number, y: number, z: number): number => 20 + 0.1 * x + 0.2 * y + 0.3 * z;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'rt-'));
  const contours = Array.from({ length: 10 }, (_, index) => ({ points: square(20, 3 * index, [3, 7]) }));
  await fs.writeFile(at('set.dcm'), structureSetFile([{ number: 5, name: 'box', contours }]));
  for (const bits of [16, 32] as const) {
    const dose = doseFile({
      origin: [-21, -18, -11.5],
      spacing: [2.5, 2],
      rows: 21,
      columns: 25,
      offsets: Array.from({ length: 26 }, (_, index) => 2 * index),
      bits,
      dose: (column, row, frame) => gray(-21 + 2 * column, -18 + 2.5 * row, -11.5 + 2 * frame),
    });
    await fs.writeFile(at(`${bits}.dcm`), dose);
  }
});
afterAll(() => fs.rm(folder, { recursive: true }));

test.each([
  ['16 bits, big endian', 16, 'dcmconv', ['+tb']],
  ['32 bits, big endian', 32, 'dcmconv', ['+tb']],
  ['implicit', 32, 'dcmconv', ['+ti']],
  ['deflated', 32, 'dcmconv', ['+td']],
  ['without file meta', 32, 'dcmconv', ['-F']],
  ['16 bits, RLE', 16, 'dcmcrle', []],
  ['32 bits, RLE', 32, 'dcmcrle', []],
  ['16 bits, lossless JPEG', 16, 'dcmcjpeg', []],
  ['16 bits, JPEG-LS', 16, 'dcmcjpls', []],
])('dose: %s', async (name, bits, program, args) => {
  const file = at(`${name.replaceAll(/\W/g, '-')}.dcm`);
  execFileSync(program, [...args, at(`${bits}.dcm`), file]);
  const found = (await rt('dvh', at('set.dcm'), file))[5];
  within(found?.volumeCc, 12, 1e-9);
  within(found?.meanGy, 25.75, 1e-4);
  within(found?.minGy, 18.25, 1e-3);
  within(found?.maxGy, 33.25, 1e-3);
  expect(found?.outsideCc).toBe(0);
});

test.each(['+tb', '+ti', '+td', '-F'])('structure set: dcmconv %s', async (option) => {
  execFileSync('dcmconv', [option, at('set.dcm'), at(`set${option}.dcm`)]);
  within((await rt('volumes', at(`set${option}.dcm`)))[5]?.volumeCc, 12, 1e-9);
});

test.each([
  'deflate',
  'expb',
  'j2k',
  'rle',
  'nonbyte_aligned_rle',
  'nonbyte_aligned_j2k',
  'nonbyte_aligned_deflate',
])('segmentation: liver_%s', async (name) => {
  const found = await rt('volumes', `${DATA}/ts_zoo/pydicom-data/liver_${name}.dcm`);
  within(found[1]?.volumeCc, 70.36193, 1e-6);
});
