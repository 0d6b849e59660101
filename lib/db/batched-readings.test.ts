import { expect, test, vi } from 'vitest';
import { BatchedReadings, CROWD, GATHER_MS } from './batched-readings.ts';

test('the first is read at once; those who ask meanwhile share the next reading, which begins after they asked', async () => {
  const asked: string[][] = [];
  const ends: (() => void)[] = [];
  let value = 1;
  const readings = new BatchedReadings<string, number>(async (keys) => {
    asked.push(keys);
    const now = value;
    await new Promise<void>((resolve) => ends.push(resolve));
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, now]));
  });
  const first = readings.ask('a');
  value = 2;
  const others = [readings.ask('a'), readings.ask('b'), readings.ask('a'), readings.ask('nobody')];
  expect(asked).toEqual([['a']]);
  ends[0]?.();
  expect(await first).toBe(1);
  await expect.poll(() => asked).toEqual([['a'], ['a', 'b', 'nobody']]);
  ends[1]?.();
  expect(await Promise.all(others)).toEqual([2, 2, 2, undefined]);
});

test('a reading that fails fails for those who shared it; the next is made anew', async () => {
  let count = 0;
  const readings = new BatchedReadings<string, number>(async (keys) => {
    count += 1;
    if (count === 1) throw new Error('away');
    return new Map(keys.map((key) => [key, count]));
  });
  const [first, second] = await Promise.allSettled([readings.ask('a'), readings.ask('b')]);
  expect(first.status).toBe('rejected');
  expect(second).toEqual({ status: 'fulfilled', value: 2 });
});

test('more keys than a statement takes are read by several', async () => {
  const sizes: number[] = [];
  const readings = new BatchedReadings<number, number>(async (keys) => {
    sizes.push(keys.length);
    return new Map(keys.map((key) => [key, key]));
  });
  const all = await Promise.all(Array.from({ length: 1201 }, (_, key) => readings.ask(key)));
  expect(all).toEqual(Array.from({ length: 1201 }, (_, key) => key));
  expect(sizes).toEqual([1, 500, 500, 200]);
});

test('a crowd is given a moment for more to come; a few are not', async () => {
  vi.useFakeTimers();
  try {
    let readings = 0;
    const many = new BatchedReadings<number, number>(async (keys) => {
      readings += 1;
      return new Map(keys.map((key) => [key, readings]));
    });
    const ask = (count: number) => Array.from({ length: count }, (_, key) => many.ask(key));
    await Promise.all(ask(3));
    expect(readings).toBe(2);
    await Promise.all(ask(CROWD + 1));
    expect(readings).toBe(4);
    const late = Promise.all(ask(5));
    await vi.advanceTimersByTimeAsync(GATHER_MS - 1);
    expect(readings).toBe(4);
    await vi.advanceTimersByTimeAsync(1);
    expect(await late).toEqual([5, 5, 5, 5, 5]);
  } finally {
    vi.useRealTimers();
  }
});
