import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { part10 } from '../../tests/fixtures/dicom-writer.ts';
import { doseFile, RT_FRAME, square, structureSetFile } from '../../tests/fixtures/rt-files.ts';
import { partSums } from './part-sums.ts';
import { readInput } from './rt-input-cli.ts';
import { dvhsOf, volumesOf } from './rt-numbers.ts';

let folder: string;
const write = (name: string, bytes: Uint8Array) => fs.writeFile(path.join(folder, name), bytes);
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'rt-input-'));
});
afterAll(() => fs.rm(folder, { recursive: true }));

const evenDose = { origin: [0, 0, 0], spacing: [2, 2], rows: 2, columns: 2, dose: () => 1 } as const;

test('a set on a single plane is as thick as the images that it was drawn on lie apart', async () => {
  const series = '2.25.500';
  for (const index of [0, 1, 2])
    await write(
      `ct-${index}.dcm`,
      part10({
        sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
        sopInstanceUid: `2.25.60${index}`,
        elements: [
          [0x00080060, 'CS', 'CT'],
          [0x0020000e, 'UI', series],
          [0x00200032, 'DS', `0\\0\\${2.5 * index}`],
          [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
          [0x00200052, 'UI', RT_FRAME],
          [0x00280010, 'US', 4],
          [0x00280011, 'US', 4],
          [0x00280030, 'DS', '1\\1'],
        ],
      }),
    );
  const listed = (images: readonly number[]) =>
    [0x30060016, 'SQ', images.map((index) => [[0x00081155, 'UI', `2.25.60${index}`] as const])] as const;
  const frame = [
    [0x00200052, 'UI', RT_FRAME],
    [0x30060012, 'SQ', [[[0x30060014, 'SQ', [[[0x0020000e, 'UI', series], listed([0, 1, 2])]]]]]],
  ] as const;
  const rois = [{ number: 1, name: 'spot', contours: [{ points: square(10, 2.5) }] }];
  await write('set.dcm', structureSetFile(rois, { frames: [frame] }));
  const { structureSets, notes } = await readInput([folder]);
  const [set] = structureSets;
  expect(set?.slices).toMatchObject({ distance: 2.5, at: [0, 2.5, 5] });
  expect(set?.structureSet.referencedImageUids).toHaveLength(3);
  expect(set && volumesOf(set.structureSet, set.slices)[1]?.volumeCc).toBeCloseTo(0.25, 9);
  expect(notes).toEqual(['3 CT object(s): nothing to compute on them']);
});

test('what is of no use is named, in words, and the rest is read', async () => {
  await write('broken.dcm', Buffer.from('not a DICOM file'));
  await write('percent.dcm', doseFile({ ...evenDose, uid: '2.25.9', offsets: [0, 2], units: 'RELATIVE' }));
  await write('dose.dcm', doseFile({ ...evenDose, offsets: [0, 2] }));
  await write('dose-again.dcm', doseFile({ ...evenDose, offsets: [0, 2] }));
  const { doses, structureSets, notes } = await readInput([folder]);
  expect([doses.length, structureSets.length]).toEqual([1, 1]);
  expect(notes.map((note) => path.basename(note.split(': ')[0] ?? ''))).toEqual([
    'broken.dcm',
    'dose.dcm',
    'percent.dcm',
    '3 CT object(s)',
  ]);
  expect(notes.join()).toMatch(/no DICOM file.*read already.*Dose Units \(3004,0002\) is not GY/s);
});

test('a plan’s dose that came beam by beam is added up, and what is under it says so', async () => {
  const beams = path.join(folder, 'beams');
  await fs.mkdir(beams);
  const set = structureSetFile([
    { number: 1, name: 'box', contours: [2, 4, 6].map((z) => ({ points: square(4, z, [5, 5]) })) },
  ]);
  await fs.writeFile(path.join(beams, 'set.dcm'), set);
  for (const [index, gy] of [3, 4].entries()) {
    const beam = { ...evenDose, rows: 8, columns: 8, offsets: [0, 2, 4, 6, 8], dose: () => gy };
    const file = doseFile({ ...beam, uid: `2.25.70${index}`, summation: 'BEAM' });
    await fs.writeFile(path.join(beams, `beam-${index}.dcm`), file);
  }
  const { doses, doseHeaders, structureSets } = await readInput([beams]);
  const [sum, ...others] = partSums(doseHeaders, doses);
  expect(others).toEqual([]);
  expect(sum?.grid.sopInstanceUid).toBe('2.25.700+2.25.701');
  const [read] = structureSets;
  expect(sum && read && dvhsOf(read.structureSet, sum.grid)[1]?.meanGy).toBeCloseTo(7, 5);
});
