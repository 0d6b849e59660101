import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from './display-json.ts';
import { parseDose } from './rtdose.ts';

const values = (vr: string, ...list: (string | number)[]) => ({ vr, Value: list });

const header = (changes: JsonDataSet = {}): JsonDataSet => ({
  '00080018': values('UI', '2.25.1'),
  '00200032': values('DS', 10, 20, 30),
  '00200037': values('DS', 1, 0, 0, 0, 1, 0),
  '00200052': values('UI', '2.25.2'),
  '00280002': values('US', 1),
  '00280008': values('IS', 3),
  '00280010': values('US', 1),
  '00280011': values('US', 2),
  '00280030': values('DS', 2, 3),
  '00280100': values('US', 16),
  '00280103': values('US', 0),
  '30040002': values('CS', 'GY'),
  '30040004': values('CS', 'PHYSICAL'),
  '3004000C': values('DS', 0, 2, 5),
  '3004000E': values('DS', 0.5),
  ...changes,
});
const sixteen = new Uint8Array(Uint16Array.from([2, 4, 6, 8, 10, 12]).buffer);

test('16 bits, relative offsets, uneven planes', () => {
  const result = parseDose(header(), sixteen);
  if (!result.known) throw new Error(result.reason);
  expect([...result.grid.doses]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...result.grid.offsets]).toEqual([0, 2, 5]);
  expect(result.grid).toMatchObject({ columnSpacing: 3, rowSpacing: 2, columns: 2, rows: 1 });
});

describe('Grid Frame Offset Vector (PS3.3 C.8.8.3.2)', () => {
  const bottomUp = [1, 2, 3, 4, 5, 6];
  const topDown = [5, 6, 3, 4, 1, 2];
  test.each([
    ['patient z', { '3004000C': values('DS', 30, 32, 35) }, [0, 2, 5], bottomUp],
    ['descending', { '3004000C': values('DS', 0, -2, -5) }, [-5, -2, 0], topDown],
    [
      'patient z against a normal to the feet',
      { '00200037': values('DS', 1, 0, 0, 0, -1, 0), '3004000C': values('DS', 30, 32, 35) },
      [-5, -2, 0],
      topDown,
    ],
    ['relative, sagittal', { '00200037': values('DS', 0, 1, 0, 0, 0, -1) }, [0, 2, 5], bottomUp],
  ])('%s', (_, changes, offsets, doses) => {
    const result = parseDose(header(changes), sixteen);
    expect(result.known && [[...result.grid.offsets], [...result.grid.doses]]).toEqual([offsets, doses]);
  });
});

test('32 bits, big endian', () => {
  const bytes = new Uint8Array(24);
  const view = new DataView(bytes.buffer);
  [70_000, 2, 3, 4, 5, 6].forEach((value, at) => {
    view.setUint32(at * 4, value);
  });
  const result = parseDose(header({ '00280100': values('US', 32) }), bytes, true);
  expect(result.known && result.grid.doses[0]).toBe(35_000);
});

test.each([
  ['not_gray', { '30040002': values('CS', 'RELATIVE') }],
  ['error_dose', { '30040004': values('CS', 'ERROR') }],
  ['no_geometry', { '00200037': values('DS', 1, 0, 0, 0.5, 0.8, 0) }],
  ['no_frame_of_reference', { '00200052': undefined }],
  ['single_plane', { '00280008': values('IS', 1) }],
  ['frame_offsets', { '3004000C': values('DS', 0, 2) }],
  ['frame_offsets', { '3004000C': values('DS', 0, 2, 2) }],
  ['frame_offsets', { '3004000C': values('DS', 7, 9, 11) }],
  ['frame_offsets', { '00200037': values('DS', 0, 1, 0, 0, 0, -1), '3004000C': values('DS', 30, 32, 35) }],
  ['scaling_missing', { '3004000E': undefined }],
  ['pixel_format', { '00280100': values('US', 8) }],
  ['pixels_short', { '00280100': values('US', 32) }],
] as const)('refused: %s', (reason, changes) => {
  expect(parseDose(header(changes), sixteen)).toEqual({ known: false, reason });
});

test('32 bits, big endian: words of 16 bits turned round, as DCMTK does, or all four bytes', () => {
  const even = Array.from({ length: 6 }, (_, index) => 1_000_000 + 50_000 * index);
  for (const wordsOnly of [true, false]) {
    const bytes = new Uint8Array(24);
    const view = new DataView(bytes.buffer);
    even.forEach((value, at) => {
      view.setUint16(at * 4 + (wordsOnly ? 0 : 2), value % 65536);
      view.setUint16(at * 4 + (wordsOnly ? 2 : 0), Math.floor(value / 65536));
    });
    const result = parseDose(header({ '00280100': values('US', 32) }), bytes, true);
    expect(result.known && [...result.grid.doses]).toEqual(even.map((value) => value / 2));
  }
});
