import { expect, test } from 'vitest';
import { SharedReadings } from './shared-readings.ts';

test('whoever asks gets a reading that began afterwards; those who wait together share it', async () => {
  const ends: ((value: number) => void)[] = [];
  const readings = new SharedReadings<string, number>(() => new Promise((resolve) => ends.push(resolve)));
  const first = readings.ask('a');
  const [second, third] = [readings.ask('a'), readings.ask('a')];
  const other = readings.ask('b');
  expect(ends).toHaveLength(2);
  ends[0]?.(1);
  ends[1]?.(2);
  expect(await Promise.all([first, other])).toEqual([1, 2]);
  expect(ends).toHaveLength(3);
  ends[2]?.(3);
  expect(await Promise.all([second, third])).toEqual([3, 3]);
  const later = readings.ask('a');
  expect(ends).toHaveLength(4);
  ends[3]?.(4);
  expect(await later).toBe(4);
});

test('one that fails fails for those who shared it, and the next is made anew', async () => {
  let count = 0;
  const readings = new SharedReadings<string, number>(async () => {
    count += 1;
    if (count < 3) throw new Error('away');
    return count;
  });
  const asked = await Promise.allSettled([readings.ask('a'), readings.ask('a'), readings.ask('a')]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await readings.ask('a')).toBe(3);
});
