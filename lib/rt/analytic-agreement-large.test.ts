import { expect, test } from 'vitest';
import { faults, ofSize, PATIENCE_MS, SIZES, thin } from './analytic-agreement-cases.fixture.ts';

// The second half of analytic-agreement.test.ts.
test.each(SIZES.filter((size) => size > 10))(
  '%d mm: Dice within 0.0001; surface Dice, HD95 and mean distance within one per cent of what the circles describe',
  (size) => expect(ofSize(size).flatMap((one) => faults(one, 'contours'))).toEqual([]),
  PATIENCE_MS,
);

test(
  'thin slices: the same of the formulas of spheres, cylinders and cones themselves',
  () => {
    expect([...thin()].flatMap((one) => faults(one, 'formula'))).toEqual([]);
  },
  PATIENCE_MS,
);
