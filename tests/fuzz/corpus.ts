import fs from 'node:fs';
import path from 'node:path';
import { makeCt } from '../fixtures/dicom.ts';
import { type Element, part10 } from '../fixtures/dicom-writer.ts';

const REAL = '../shared/data';
/** Larger files only make a case slow: what is read of them is their header. */
const MAX_BYTES = 120_000;
const MAX_FILES = 150;

/** What is mutated: made objects, and small real ones where they are at hand; always in the same order. */
export function corpus(): Buffer[] {
  return [...made(), ...real()];
}

function made(): Buffer[] {
  const uids = (sop: string): Element[] => [
    [0x00080018, 'UI', sop],
    [0x00100010, 'PN', 'FUZZ^Case=山田^太郎'],
    [0x00100020, 'LO', 'FUZZ-1'],
    [0x0020000d, 'UI', '2.25.100'],
    [0x0020000e, 'UI', '2.25.101'],
  ];
  return [
    makeCt({
      sopUid: '2.25.1',
      studyUid: '2.25.100',
      seriesUid: '2.25.101',
      frameOfReferenceUid: '2.25.102',
    }),
    part10({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.481.3',
      sopInstanceUid: '2.25.2',
      elements: [...uids('2.25.2'), ...structureSet],
    }),
    part10({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.481.2',
      sopInstanceUid: '2.25.3',
      elements: [...uids('2.25.3'), ...dose],
    }),
    part10({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
      sopInstanceUid: '2.25.4',
      transferSyntaxUid: '1.2.840.10008.1.2.4.50',
      elements: [
        ...uids('2.25.4'),
        [0x00080005, 'CS', '\\ISO 2022 IR 87'],
        [0x00104000, 'LT', 'a\tb'],
        [0x7fe00010, 'OB', Buffer.from('feff00e000000000feff00e002000000ffd8feffdde000000000', 'hex')],
      ],
    }),
  ];
}

const structureSet: Element[] = [
  [
    0x30060020,
    'SQ',
    [
      [
        [0x30060022, 'IS', '1'],
        [0x30060024, 'UI', '2.25.102'],
        [0x30060026, 'LO', 'GTV'],
      ],
    ],
  ],
  [
    0x30060039,
    'SQ',
    [
      [
        [0x3006002a, 'IS', '255\\0\\0'],
        [
          0x30060040,
          'SQ',
          [
            [
              [0x30060042, 'CS', 'CLOSED_PLANAR'],
              [0x30060046, 'IS', '3'],
              [0x30060050, 'DS', '0\\0\\0\\1\\0\\0\\1\\1\\0'],
            ],
          ],
        ],
        [0x30060084, 'IS', '1'],
      ],
    ],
  ],
];

const dose: Element[] = [
  [0x00200032, 'DS', '0\\0\\0'],
  [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
  [0x00200052, 'UI', '2.25.102'],
  [0x00280002, 'US', 1],
  [0x00280008, 'IS', '2'],
  [0x00280010, 'US', 2],
  [0x00280011, 'US', 2],
  [0x00280030, 'DS', '2\\2'],
  [0x00280100, 'US', 16],
  [0x00280101, 'US', 16],
  [0x30040002, 'CS', 'GY'],
  [0x30040004, 'CS', 'PHYSICAL'],
  [0x3004000c, 'DS', '0\\3'],
  [0x3004000e, 'DS', '0.001'],
  [0x7fe00010, 'OW', Buffer.alloc(16, 1)],
];

function real(): Buffer[] {
  if (!fs.existsSync(REAL)) return [];
  return fs
    .readdirSync(REAL, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /_zoo|seg_misc|enhanced/.test(entry.parentPath))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.statSync(file).size <= MAX_BYTES)
    .sort()
    .slice(0, MAX_FILES)
    .map((file) => fs.readFileSync(file));
}
