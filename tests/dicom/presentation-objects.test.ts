import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import dicomParser from 'dicom-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DerivedIdentity, ImageReference } from '@/lib/dicom/derived-object.ts';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { displayedArea } from '@/lib/dicom/displayed-area.ts';
import { type PresentationState, presentationState } from '@/lib/dicom/gsps.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { keyObjectSelection } from '@/lib/dicom/kos.ts';
import { secondaryCapture } from '@/lib/dicom/secondary-capture.ts';
import { newUid } from '../fixtures/dicom.ts';
import { part10 } from '../fixtures/dicom-writer.ts';

/** What this program writes, read by DCMTK: the checker of presentation states, the SR reader, the renderer. */

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'consilium-ps-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
const SIZE = 32;
const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid() };
/** Stored values 0, 40, 80 … along each row; rescaled by 1 and -200. */
const ramp = Buffer.alloc(SIZE * SIZE * 2);
for (let at = 0; at < SIZE * SIZE; at += 1) ramp.writeInt16LE((at % SIZE) * 40, at * 2);
/** One image of a patient. DCMTK's checker reads bytes and knows no UTF-8: it gets a name without accents. */
const ctOf = (patientName: string, photometric = 'MONOCHROME2') =>
  part10({
    sopClassUid: CT_IMAGE,
    sopInstanceUid: uids.sopUid,
    elements: [
      [0x00080005, 'CS', 'ISO_IR 192'],
      [0x00080020, 'DA', '20250102'],
      [0x00080030, 'TM', '101500'],
      [0x00080060, 'CS', 'CT'],
      [0x00100010, 'PN', patientName],
      [0x00100020, 'LO', 'TEST-1'],
      [0x00100030, 'DA', '19600102'],
      [0x00100040, 'CS', 'F'],
      [0x0020000d, 'UI', uids.studyUid],
      [0x0020000e, 'UI', uids.seriesUid],
      [0x00200013, 'IS', '1'],
      [0x00280002, 'US', 1],
      [0x00280004, 'CS', photometric],
      [0x00280010, 'US', SIZE],
      [0x00280011, 'US', SIZE],
      [0x00280100, 'US', 16],
      [0x00280101, 'US', 16],
      [0x00280102, 'US', 15],
      [0x00280103, 'US', 1],
      [0x00281052, 'DS', '-200'],
      [0x00281053, 'DS', '1'],
      [0x7fe00010, 'OW', ramp],
    ],
  });
const header = (bytes: Buffer) => toDicomJson(dicomParser.parseDicom(bytes), (at) => at);
const ct = ctOf('LEFEVRE^ZOE');
const image = header(ct);
const accented = header(ctOf('LEFÈVRE^ZOÉ'));
const reference: ImageReference = {
  studyUid: uids.studyUid,
  seriesUid: uids.seriesUid,
  sopClassUid: CT_IMAGE,
  sopInstanceUid: uids.sopUid,
  frame: null,
};
const identity = (): DerivedIdentity => ({
  sopInstanceUid: newUid(),
  seriesUid: newUid(),
  seriesNumber: 9001,
  instanceNumber: 1,
  seriesDescription: 'Key views',
  at: new Date('2026-03-04T05:06:07.890Z'),
  author: 'Dr Helene Roux',
});
const whole = displayedArea({
  columns: SIZE,
  rows: SIZE,
  middle: [(SIZE - 1) / 2, (SIZE - 1) / 2],
  zoom: 1,
  spacing: [1, 1],
  rotation: 0,
  flipHorizontal: false,
});
const ends: [number, number][] = [
  [1.5, 2.5],
  [8.25, 2.5],
];
const state = (change: Partial<PresentationState> = {}): PresentationState => ({
  image,
  reference,
  identity: identity(),
  title: 'Node 7R',
  text: '',
  area: whole,
  voi: { center: 300, width: 1000 },
  invert: false,
  lines: [],
  labels: [],
  ...change,
});

const PASSED = 'W: Test passed.';
let count = 0;
function file(bytes: Uint8Array): string {
  count += 1;
  const name = path.join(folder, `${count}.dcm`);
  fs.writeFileSync(name, bytes);
  return name;
}
const dump = (name: string, ...options: string[]) =>
  execFileSync('dcmdump', ['-q', '+U8', '+L', ...options, name], { encoding: 'utf8' });
/** What DCMTK's checker says of a file. */
function verdict(name: string): string {
  const { stdout, stderr } = spawnSync('dcmpschk', [name], { encoding: 'utf8' });
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => /^[WEF]:/.test(line) && !/^[WEF]: (Testing: .*)?$/.test(line))
    .join('\n');
}

/** Greys that DCMTK shows of the image with that state, row by row. */
function rendered(change: Partial<PresentationState>, of = ct): number[][] {
  const target = path.join(folder, `${count}.pgm`);
  execFileSync('dcmp2pgm', ['-q', '-p', file(presentationState(state(change))), file(of), target]);
  const bytes = fs.readFileSync(target);
  const head = /^P5\s+(?:#[^\n]*\s+)*(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1'));
  if (!head) throw new Error('no PGM');
  const [columns, rows] = [Number(head[1]), Number(head[2])];
  const pixels = bytes.subarray(head[0].length);
  return Array.from({ length: rows }, (_, row) => [...pixels.subarray(row * columns, (row + 1) * columns)]);
}

describe('a presentation state', () => {
  const full = (change: Partial<PresentationState> = {}) =>
    file(
      presentationState(
        state({
          text: 'Node 7R\r\nThe largest',
          area: displayedArea({
            columns: SIZE,
            rows: SIZE,
            middle: [10.2, 11.7],
            zoom: 2.5,
            spacing: null,
            rotation: 90,
            flipHorizontal: true,
          }),
          invert: true,
          lines: [
            { points: ends, closed: false },
            { points: [...ends, [5, 5]], closed: true },
            { points: [[3, 3]], closed: false },
          ],
          labels: [{ at: [1.5, 2.5], text: 'd = 6.8 mm' }],
          ...change,
        }),
      ),
    );

  test('is what the standard asks for, by DCMTK’s checker, with all that it may hold', () => {
    const name = full();
    expect(verdict(name)).toBe(PASSED);
    const text = dump(name);
    const words = ['[d = 6.8 mm]', '[INVERSE]', '[20260304]', '[POLYLINE]', '[-200]'];
    for (const expected of [...words, uids.sopUid, uids.seriesUid, uids.studyUid])
      expect(text).toContain(expected);
  });

  test('keeps the accents of names and words', () => {
    const text = dump(
      full({
        image: accented,
        title: 'Adénopathie 7R',
        labels: [{ at: [1, 1], text: 'médiastin' }],
        identity: { ...identity(), author: 'Dr Hélène Roux' },
      }),
    );
    for (const expected of ['[LEFÈVRE^ZOÉ]', '[Adénopathie 7R]', '[Dr Hélène Roux]', '[médiastin]'])
      expect(text).toContain(expected);
  });

  test('without window and drawings is one, too', () => {
    expect(verdict(file(presentationState(state({ voi: null }))))).toBe(PASSED);
  });

  test('of a frame names the frame', () => {
    const bytes = presentationState(state({ reference: { ...reference, frame: 3 } }));
    expect(dump(file(bytes), '+P', '0008,1160').match(/\[3\]/g)).toHaveLength(3);
  });

  test('is the same bytes for the same content', () => {
    const same = state({ text: 'x' });
    expect(presentationState(same)).toEqual(presentationState(same));
  });
});

describe('what DCMTK paints by it', () => {
  /** Stored 40 c, rescaled 40 c - 200; black at -200, white at 800. */
  const grey = (column: number) => Math.min(255, Math.max(0, ((column * 40) / 1000) * 255));

  test('the window: black and white where the viewer has them, and the line between', () => {
    const [row = []] = rendered({});
    row.forEach((value, column) => {
      expect(Math.abs(value - grey(column)), `column ${column}: ${value}`).toBeLessThanOrEqual(1);
    });
  });

  test('inverted', () => {
    const [row = []] = rendered({ invert: true });
    row.forEach((value, column) => {
      expect(Math.abs(value - (255 - grey(column))), `column ${column}`).toBeLessThanOrEqual(1);
    });
  });

  test('MONOCHROME1: the state says which end is white, not the image (PS3.4 N.2.1.4)', () => {
    const negative = ctOf('LEFEVRE^ZOE', 'MONOCHROME1');
    const [row = []] = rendered({ image: header(negative), invert: true }, negative);
    row.forEach((value, column) => {
      expect(Math.abs(value - (255 - grey(column))), `column ${column}`).toBeLessThanOrEqual(1);
    });
  });
});

describe('a key object selection', () => {
  const second = { ...reference, sopInstanceUid: newUid() };
  const other = { ...reference, studyUid: newUid(), seriesUid: newUid(), sopInstanceUid: newUid(), frame: 4 };
  const document = (description = 'Adénopathie 7R\nLa plus grande') =>
    keyObjectSelection({
      image,
      identity: identity(),
      description,
      references: [reference, second, other, { ...other, frame: 7 }],
    });

  test('is read by DCMTK’s SR reader, each image with its frame', () => {
    const text = execFileSync('dsrdump', ['+U8', '+Pu', '+Pc', file(document())], { encoding: 'utf8' });
    const expected = [
      'Key Object Selection Document',
      '(113000,DCM,"Of Interest")',
      '"Dr Helene Roux"',
      '(113012,DCM,"Key Object Description")',
      'Adénopathie 7R',
    ];
    for (const one of expected) expect(text).toContain(one);
    expect(text.match(/contains IMAGE/g)).toHaveLength(4);
    for (const one of [reference, second, other]) expect(text).toContain(one.sopInstanceUid);
    for (const frame of [',4)', ',7)']) expect(text).toContain(frame);
  });

  test('lists each instance once under its series and study', () => {
    const text = dump(file(document()), '+P', '0040,a375', '-L');
    expect(text.match(/ReferencedSOPInstanceUID/g)).toHaveLength(3);
    expect(text.match(/StudyInstanceUID/g)).toHaveLength(2);
  });

  test('uses values as the dictionary has them', () => {
    expect(verdict(file(document('Node 7R')))).toBe(PASSED);
  });
});

const picture = { rows: 3, columns: 5, rgb: Uint8Array.from({ length: 45 }, (_, at) => at * 5) };

// PS3.3 C.12.1.1: the offset holds for all DA and TM of the object, the copied ones of the study as well.
describe('times', () => {
  const zoned = (offset: string): JsonDataSet => ({ ...image, '00080201': { vr: 'SH', Value: [offset] } });
  const made = (of: JsonDataSet): [string, Uint8Array][] => [
    ['GSPS', presentationState(state({ image: of }))],
    [
      'KOS',
      keyObjectSelection({ image: of, identity: identity(), description: 'x', references: [reference] }),
    ],
    ['SC', secondaryCapture({ image: of, identity: identity(), picture })],
  ];

  test.each(made(zoned('+0200')))(
    'are told at the image’s own offset, the copied ones as they were: %s',
    (_kind, bytes) => {
      const text = dump(file(bytes));
      for (const expected of [
        /\(0008,0201\) SH \[\+0200/,
        /\(0008,0020\) DA \[20250102/,
        /\(0008,0030\) TM \[101500/,
        /\(0008,0012\) DA \[20260304/,
        /\(0008,0013\) TM \[070607\.890/,
        /\(0008,0031\) TM \[070607\.890/,
      ])
        expect(text).toMatch(expected);
      expect(text).not.toContain('[050607');
    },
  );

  test.each(made(image))('say no offset where the image says none: %s', (_kind, bytes) => {
    const text = dump(file(bytes));
    expect(text).not.toContain('(0008,0201)');
    expect(text).toContain('[101500');
  });
});

describe('a secondary capture', () => {
  test('holds the picture sample by sample', () => {
    const name = file(secondaryCapture({ image, identity: identity(), picture }));
    expect(verdict(name)).toBe(PASSED);
    const parsed = dicomParser.parseDicom(fs.readFileSync(name));
    const pixels = parsed.elements.x7fe00010;
    expect(pixels?.length).toBe(46);
    expect([...fs.readFileSync(name).subarray(pixels?.dataOffset, (pixels?.dataOffset ?? 0) + 45)]).toEqual([
      ...picture.rgb,
    ]);
    expect(dump(name, '+P', '0028,0301')).toContain('[YES]');
  });

  test('with another number of samples than its size says is refused', () => {
    const short = { ...picture, rgb: picture.rgb.subarray(1) };
    expect(() => secondaryCapture({ image, identity: identity(), picture: short })).toThrow('44 samples');
  });
});
