import { expect, test } from 'vitest';
import { ticksOf } from './legend-ticks.ts';

test.each([
  [0, 7, [0, 2, 4, 6]],
  [0, 5, [0, 1, 2, 3, 4, 5]],
  [0, 15, [0, 5, 10, 15]],
  [-160, 240, [-100, 0, 100, 200]],
  [0, 0.7, [0, 0.2, 0.4, 0.6]],
  [300, 1212, [400, 600, 800, 1000, 1200]],
])('round values from %d to %d', (lower, upper, ticks) => {
  expect(ticksOf(lower, upper)).toEqual(ticks);
});

test('a window without width has none', () => {
  expect(ticksOf(3, 3)).toEqual([]);
});
