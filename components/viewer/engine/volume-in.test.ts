import { expect, test } from 'vitest';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { volumeOf } from '@/lib/measure/volume.fixture.ts';
import { sampleAt } from '@/lib/planes/volume.ts';
import { volumeIn } from './volume-in.ts';

const volume = volumeOf((x, y, z) => x + 10 * y + 100 * z, { size: [21, 21, 11], spacing: [1, 1, 2] });
/** A quarter turn about z and a shift. */
const map = ([x, y, z]: Mm3): Mm3 => [-y + 100, x - 50, z + 7];

test('the same values where the points went', () => {
  const moved = volumeIn(volume, '2.25.2', map);
  expect(moved?.frameOfReferenceUid).toBe('2.25.2');
  for (const point of [
    [0, 0, 0],
    [3.3, -4.2, 5.1],
    [-8, 7.5, -6],
  ] as const)
    expect(moved && sampleAt(moved, map(point))).toBeCloseTo(sampleAt(volume, point), 9);
});

test('where nothing leads there is nothing', () => {
  expect(volumeIn(volume, '2.25.2', () => null)).toBeNull();
});
