import { describe, expect, test } from 'vitest';
import { cases, faults, ofSize, PATIENCE_MS, SIZES } from './analytic-agreement-cases.fixture.ts';

// In two files, so that two cores share the work: these are the bodies up to 8 mm.
describe(`${cases.length} pairs: 3 to 50 mm, slices of 0.2 to 3 mm, three orientations, holes`, () => {
  test('there are 200 and more', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
    expect(SIZES.flatMap(ofSize)).toHaveLength(cases.length);
  });

  test.each(SIZES.filter((size) => size < 10))(
    '%d mm: Dice within 0.0001; surface Dice, HD95 and mean distance within one per cent of what the circles describe',
    (size) => expect(ofSize(size).flatMap((one) => faults(one, 'contours'))).toEqual([]),
    PATIENCE_MS,
  );
});
