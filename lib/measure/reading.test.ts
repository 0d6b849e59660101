import { describe, expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import type { Measurement } from '../live/measurement-state.ts';
import { measurement } from './measurement.fixture.ts';
import { type Note, type Reading, type ReadingInput, readingOf } from './reading.ts';
import { readingRows } from './reading-rows.ts';
import { noteLines, readingLines, unitText, VOLUME_PLACE } from './reading-text.ts';
import { volumeOf } from './volume.fixture.ts';

const ball = (x: number, y: number, z: number) => (Math.hypot(x, y, z) <= 12 ? 8 : 1);
const ct = volumeOf((x) => 40 + x, { size: [61, 61, 21], spacing: [1, 1, 3] });
const pet = volumeOf(ball, { size: [25, 25, 25], spacing: [3, 3, 3] });
const words = { mean: 'mean', sd: 'SD', long: 'long', short: 'short', area: 'area' };

const input = (measurement: Measurement, more: Partial<ReadingInput> = {}): ReadingInput => ({
  measurement,
  unit: 'mm',
  edges: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 3],
  ],
  sources: [
    { unit: 'HU', volume: ct, scale: 1 },
    { unit: 'SUV', volume: pet, scale: 1 },
  ],
  liver: null,
  ...more,
});
const lines = (measurement: Measurement, more: Partial<ReadingInput> = {}, locale = 'en') =>
  readingLines(locale, words, readingOf(input(measurement, more)));

describe('what a measurement says', () => {
  test('a length, in the reader’s language', () => {
    const length = measurement('length', [
      [0, 0, 0],
      [23.4, 0, 0],
    ]);
    expect(lines(length)).toEqual(['23.4 ± 0.8 mm']);
    expect(lines(length, {}, 'fr')).toEqual(['23,4 ± 0,8 mm']);
  });

  test('Hounsfield units by their French letters, other units as they are', () => {
    expect(['HU', 'HU mod.', 'SUV'].map((unit) => unitText('fr', unit))).toEqual(['UH', 'UH mod.', 'SUV']);
    expect(unitText('en-GB', 'HU')).toBe('HU');
  });

  test('without a spacing pixels, and that there is no length in mm', () => {
    const length = measurement('length', [
      [0, 0, 0],
      [30, 40, 0],
    ]);
    const found = readingOf(input(length, { unit: 'px', sources: [] }));
    expect(found.notes).toEqual(['no_spacing']);
    expect(readingLines('en', words, found)).toEqual(['50.0 ± 0.8 px']);
  });

  test('HU and SUV of one ellipse, both at once', () => {
    const ellipse = measurement('ellipse', [
      [0, 0, 0],
      [6, 0, 0],
      [0, 6, 0],
    ]);
    const [area, hu, suv] = lines(ellipse);
    expect(area).toMatch(/^area 1\.13 ± 0\.\d\d cm²$/);
    expect(hu).toMatch(/^HU mean 40\.0, SD \d\.\d, 34 … 46$/);
    expect(suv).toBe('SUV mean 8.00, SD 0.00, 8.00 … 8.00');
  });

  test('a region by each threshold', () => {
    const liver = measurement('region', [
      [25, 25, 0],
      [25, 25, 6],
    ]);
    const region = (threshold: Measurement['threshold']) =>
      lines(
        measurement(
          'region',
          [
            [0, 0, 0],
            [0, 0, 18],
          ],
          { threshold },
        ),
        { sources: [{ unit: 'SUV', volume: pet, scale: 1 }], liver },
      );
    expect(region({ kind: 'fraction', of: 0.41 })).toEqual([
      'SUVmax 8.00  SUVpeak 8.00',
      'SUVmean 8.00',
      expect.stringMatching(/^MTV 6\.\d\d ml \(≥ 41 % = 3\.28\)$/),
      expect.stringMatching(/^TLG 5\d\.\d$/),
    ]);
    expect(region({ kind: 'suv', atLeast: 4 })[2]).toMatch(/\(≥ 4\.00\)$/);
    // The background is 1 everywhere: 1.5 x 1 + 2 x 0.
    expect(region({ kind: 'liver', regionId: 'liver' })[2]).toMatch(/\(≥ 1\.50\)$/);
    expect(region({ kind: 'none' })[1]).not.toBe('SUVmean 8.00');
  });

  test('quantity by quantity, for a table', () => {
    const points: Mm3[] = [
      [0, 0, 0],
      [0, 0, 18],
    ];
    const rows = (measurement: Measurement, sources = input(measurement).sources) =>
      readingRows(readingOf(input(measurement, { sources })));
    const length = rows(measurement('length', points));
    expect(length).toMatchObject([{ quantity: 'length', value: 18, unit: 'mm' }]);
    expect(length[0]?.plusMinus).toBeGreaterThan(0);
    const region = measurement('region', points, { threshold: { kind: 'suv', atLeast: 4 } });
    const pets = [{ unit: 'SUV', volume: pet, scale: 1 }];
    expect(rows(region, pets).map((row) => [row.quantity, row.unit])).toEqual([
      ['max', 'SUV'],
      ['peak', 'SUV'],
      ['threshold', 'SUV'],
      ['lesion mean', 'SUV'],
      ['MTV', 'ml'],
      ['TLG', 'SUV ml'],
    ]);
    // A fixed SUV says nothing about Bq/ml.
    const activity = [{ unit: 'Bq/ml', volume: pet, scale: 1 }];
    expect(rows(region, activity)).toEqual([]);
    expect(readingOf(input(region, { sources: activity })).notes).toEqual(['no_suv']);
  });

  test('a liver that is not there, a series without values, a lesion below: each said', () => {
    const points: Mm3[] = [
      [0, 0, 0],
      [0, 0, 18],
    ];
    const notes = (
      threshold: Measurement['threshold'],
      sources = input(measurement('arrow', points)).sources,
    ) => readingOf(input(measurement('region', points, { threshold }), { sources })).notes;
    expect(notes({ kind: 'liver', regionId: 'gone' })).toEqual(['no_liver']);
    expect(notes({ kind: 'none' }, [])).toEqual(['no_values']);
    expect(notes({ kind: 'suv', atLeast: 50 }, [{ unit: 'SUV', volume: pet, scale: 1 }])).toEqual([
      'below_threshold',
    ]);
  });

  test('what reaches 41 % and is not joined to the hottest voxel is told with its volume', () => {
    const two = volumeOf(
      (x, y, z) => (Math.hypot(x + 15, y, z) <= 7 ? 10 : Math.hypot(x - 15, y, z) <= 7 ? 9 : 1),
      { size: [25, 25, 25], spacing: [3, 3, 3] },
    );
    const read = (threshold: Measurement['threshold']) => {
      const region = measurement(
        'region',
        [
          [0, 0, 0],
          [0, 0, 30],
        ],
        { threshold },
      );
      return readingOf(input(region, { sources: [{ unit: 'SUV', volume: two, scale: 1 }] }));
    };
    const share = read({ kind: 'fraction', of: 0.41 });
    expect(share.notes).toEqual(['apart']);
    const words = { apart: `${VOLUME_PLACE} lie apart` } as Record<Note, string>;
    expect(noteLines('en', words, share)).toEqual([expect.stringMatching(/^1\.\d\d ml lie apart$/)]);
    expect(noteLines('fr', words, share)).toEqual([expect.stringMatching(/^1,\d\d ml lie apart$/)]);
    const fixed = read({ kind: 'suv', atLeast: 4 });
    expect(fixed.notes).toEqual([]);
    const mtv = (reading: Reading) => readingRows(reading).find(({ quantity }) => quantity === 'MTV')?.value;
    expect(mtv(fixed)).toBeCloseTo(2 * (mtv(share) ?? 0), 9);
  });
});
