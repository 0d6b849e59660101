import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Element, type Item, part10 } from '../../tests/fixtures/dicom-writer.ts';
import { doseFile, RT_FRAME, square, structureSetFile } from '../../tests/fixtures/rt-files.ts';
import { asTyped, listFiles } from './list-files-cli.ts';
import { readInput } from './rt-input-cli.ts';
import { comparisonsOf, volumesOf } from './rt-numbers.ts';

const folders: string[] = [];
let folder: string;
const write = async (name: string, bytes: Uint8Array): Promise<void> => {
  await fs.mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await fs.writeFile(path.join(folder, name), bytes);
};
beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'rt-odd-')));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((one) => fs.rm(one, { recursive: true }))));

/** All volumes of the first set, and what is said beside them. */
async function read() {
  const { structureSets, notes, ...rest } = await readInput([folder]);
  const [set] = structureSets;
  const rows = set ? volumesOf(set.structureSet, set.slices) : {};
  return { ...rest, structureSets, rows, notes: notes.map((note) => note.replace(folder, '')) };
}

const STRUCTURE_SET = '1.2.840.10008.5.1.4.1.1.481.3';
const CT = '1.2.840.10008.5.1.4.1.1.2';
const box = [0, 3, 6].map((z) => ({ points: square(10, z) }));
const contourItem = (z: number): Item => [
  [0x30060042, 'CS', 'CLOSED_PLANAR'],
  [0x30060050, 'DS', square(10, z).flat().join('\\')],
];
const rawSet = (elements: Element[]): Buffer =>
  part10({
    sopClassUid: STRUCTURE_SET,
    sopInstanceUid: '2.25.1',
    elements: [[0x00080060, 'CS', 'RTSTRUCT'], [0x0020000e, 'UI', '2.25.2'], ...elements],
  });
const listed: Element = [
  0x30060020,
  'SQ',
  [
    [
      [0x30060022, 'IS', '1'],
      [0x30060024, 'UI', RT_FRAME],
      [0x30060026, 'LO', 'box'],
    ],
  ],
];
const drawn = (number: string, contours: readonly Item[] = [0, 3, 6].map(contourItem)): Element => [
  0x30060039,
  'SQ',
  [
    [
      [0x30060040, 'SQ', contours],
      [0x30060084, 'IS', number],
    ],
  ],
];

describe('numbers of ROIs', () => {
  test('contours of one that the set does not name are counted, and left out', async () => {
    await write('set.dcm', rawSet([listed, drawn('7')]));
    const { rows, notes } = await read();
    expect(rows[1]).toMatchObject({ volumeCc: 0, reason: 'no_contours' });
    expect(notes).toEqual([
      expect.stringMatching(/^\/set.dcm: 3 contours left out: they belong to ROI 7, which/),
    ]);
  });

  test('one number of two ROIs is nobody’s', async () => {
    const other = [0, 3, 6].map((z) => ({ points: square(5, z, [50, 0]) }));
    const third = { number: 2, name: 'c', contours: box };
    await write(
      'set.dcm',
      structureSetFile([
        { number: 1, name: 'a', contours: box },
        { number: 1, name: 'b', contours: other },
        third,
      ]),
    );
    const { rows, notes } = await read();
    expect(rows[1]).toMatchObject({ name: 'a / b', volumeCc: null, reason: 'repeated_number' });
    expect(rows[2]?.volumeCc).toBeCloseTo(0.9, 9);
    expect(notes).toEqual([expect.stringContaining('ROI 1 left out: several ROIs have that number (a / b)')]);
  });

  test('an ROI that is listed twice in the same words is one', async () => {
    const one = { number: 1, name: 'a', contours: box };
    await write('set.dcm', structureSetFile([one, one]));
    expect((await read()).rows[1]?.volumeCc).toBeCloseTo(0.9, 9);
  });

  test('a set without any ROI is said to be one', async () => {
    await write('set.dcm', rawSet([]));
    expect((await read()).notes).toEqual(['/set.dcm: a structure set without any ROI']);
  });
});

test('a dose in Gy may say so in any letters; centigray are not gray', async () => {
  const even = {
    origin: [0, 0, 0],
    spacing: [2, 2],
    rows: 2,
    columns: 2,
    dose: () => 1,
    offsets: [0, 2],
  } as const;
  for (const [index, units] of ['Gy', 'gy', 'CGY'].entries())
    await write(`${units}.dcm`, doseFile({ ...even, uid: `2.25.9${index}`, units }));
  const { doses, doseHeaders, notes } = await read();
  expect(doses.map((one) => one.sopInstanceUid).sort()).toEqual(['2.25.90', '2.25.91']);
  expect(doseHeaders.map(({ units }) => units)).toEqual(['GY', 'GY']);
  expect(notes).toHaveLength(1);
});

describe('which images an ROI was drawn on', () => {
  const image = (index: number, elements: Element[]): Buffer =>
    part10({
      sopClassUid: CT,
      sopInstanceUid: `2.25.60${index}`,
      elements: [
        [0x00080060, 'CS', 'CT'],
        [0x0020000e, 'UI', '2.25.500'],
        [0x00200052, 'UI', RT_FRAME],
        [0x00280010, 'US', 4],
        [0x00280011, 'US', 4],
        ...elements,
      ],
    });

  test('those that its contours name, where the set lists no series', async () => {
    for (const index of [0, 1, 2])
      await write(
        `ct-${index}.dcm`,
        image(index, [
          [0x00200032, 'DS', `0\\0\\${2 * index}`],
          [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
          [0x00280030, 'DS', '1\\1'],
        ]),
      );
    const onImage: Item = [...contourItem(2), [0x30060016, 'SQ', [[[0x00081155, 'UI', '2.25.601']]]]];
    await write('set.dcm', rawSet([listed, drawn('1', [onImage])]));
    const { rows, structureSets } = await read();
    expect(structureSets[0]?.slices).toMatchObject({ distance: 2, at: [] });
    expect(rows[1]?.volumeCc).toBeCloseTo(0.2, 9);
  });

  test('the frames of an enhanced one', async () => {
    const frames = [0, 3, 6, 9].map((z): Item => [[0x00209113, 'SQ', [[[0x00200032, 'DS', `0\\0\\${z}`]]]]]);
    const shared: Item = [
      [0x00209116, 'SQ', [[[0x00200037, 'DS', '1\\0\\0\\0\\1\\0']]]],
      [0x00289110, 'SQ', [[[0x00280030, 'DS', '1\\1']]]],
    ];
    await write(
      'ct.dcm',
      image(0, [
        [0x52009229, 'SQ', [shared]],
        [0x52009230, 'SQ', frames],
      ]),
    );
    const listedImages: Item = [
      [0x0020000e, 'UI', '2.25.500'],
      [0x30060016, 'SQ', [[[0x00081155, 'UI', '2.25.600']]]],
    ];
    const frame: Item = [
      [0x00200052, 'UI', RT_FRAME],
      [0x30060012, 'SQ', [[[0x30060014, 'SQ', [listedImages]]]]],
    ];
    const rois = [{ number: 1, name: 'spot', contours: [{ points: square(10, 6) }] }];
    await write('set.dcm', structureSetFile(rois, { frames: [frame] }));
    expect((await read()).rows[1]?.volumeCc).toBeCloseTo(0.3, 9);
  });
});

describe('segmentations', () => {
  const segmentation = (elements: Element[], uid = '2.25.800'): Buffer =>
    part10({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.66.4',
      sopInstanceUid: uid,
      elements: [
        [0x00080060, 'CS', 'SEG'],
        [0x00280008, 'IS', '3'],
        [0x00280010, 'US', 4],
        [0x00280011, 'US', 4],
        [0x00280100, 'US', 1],
        [0x00620001, 'CS', 'BINARY'],
        [0x00620002, 'SQ', [[[0x00620004, 'US', 1]]]],
        [
          0x52009229,
          'SQ',
          [
            [
              [0x00209116, 'SQ', [[[0x00200037, 'DS', '1\\0\\0\\0\\1\\0']]]],
              [
                0x00289110,
                'SQ',
                [
                  [
                    [0x00180050, 'DS', '2'],
                    [0x00280030, 'DS', '1\\1'],
                  ],
                ],
              ],
              [0x0062000a, 'SQ', [[[0x0062000b, 'US', 1]]]],
            ],
          ],
        ],
        [
          0x52009230,
          'SQ',
          [0, 2, 4].map((z): Item => [[0x00209113, 'SQ', [[[0x00200032, 'DS', `0\\0\\${z}`]]]]]),
        ],
        [0x7fe00010, 'OB', Buffer.alloc(6, 255)],
        ...elements,
      ],
    });

  test('a position left over at the top of one does not count', async () => {
    await write(
      'seg.dcm',
      segmentation([
        [0x00200032, 'DS', '0\\0\\0'],
        [0x00200052, 'UI', RT_FRAME],
      ]),
    );
    expect((await read()).rows[1]?.volumeCc).toBeCloseTo(0.096, 9);
  });

  test('without a Frame of Reference it has a volume, and is compared with nothing', async () => {
    await write('a.dcm', segmentation([]));
    await write('b.dcm', segmentation([], '2.25.801'));
    const { rows, structureSets } = await read();
    expect(rows[1]?.volumeCc).toBeCloseTo(0.096, 9);
    const [a, b] = structureSets;
    if (!a || !b) throw new Error('two segmentations are there');
    expect(comparisonsOf(a.structureSet, b.structureSet).rows[1]?.reason).toBe('no_frame_of_reference');
  });
});

test('a deflated set with a header of zlib’s', async () => {
  const whole = structureSetFile([{ number: 1, name: 'box', contours: box }]);
  const meta = part10({
    sopClassUid: STRUCTURE_SET,
    sopInstanceUid: '2.25.201',
    transferSyntaxUid: '1.2.840.10008.1.2.1.99',
    elements: [],
  });
  const begins = Buffer.from([8, 0, 0x16, 0]);
  await write(
    'set.dcm',
    Buffer.concat([
      meta.subarray(0, meta.indexOf(begins)),
      zlib.deflateSync(whole.subarray(whole.indexOf(begins))),
    ]),
  );
  expect((await read()).rows[1]?.volumeCc).toBeCloseTo(0.9, 9);
});

describe('files on disk', () => {
  test('links to folders are followed, each folder once', async () => {
    await write('patient/a.dcm', Buffer.from('a'));
    await write('elsewhere/b.dcm', Buffer.from('b'));
    await fs.symlink(path.join(folder, 'elsewhere'), path.join(folder, 'patient', 'link'));
    await fs.symlink(path.join(folder, 'patient'), path.join(folder, 'elsewhere', 'back'));
    await fs.symlink(path.join(folder, 'gone'), path.join(folder, 'patient', 'nothing'));
    const files = (target: string) =>
      listFiles(path.join(folder, target)).map((one) => path.relative(folder, one));
    expect(files('patient')).toEqual(['patient/a.dcm', 'patient/link/b.dcm']);
    expect(files('')).toEqual(['elsewhere/b.dcm', 'patient/a.dcm']);
  });

  test('a relative path is meant from where npm was started', async () => {
    const before = { ...process.env };
    await write('set.dcm', Buffer.from('a'));
    try {
      Object.assign(process.env, { INIT_CWD: folder, npm_lifecycle_event: 'rt' });
      expect(asTyped('set.dcm')).toBe(path.join(folder, 'set.dcm'));
      expect(asTyped('package.json')).toBe('package.json');
      expect(asTyped('/set.dcm')).toBe('/set.dcm');
    } finally {
      process.env = before;
    }
  });
});
