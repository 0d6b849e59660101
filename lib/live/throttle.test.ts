import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Throttle } from './throttle.ts';

describe('a client’s views', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('L6: the first leaves at once, then one per tick, and the last always', () => {
    const sent: number[] = [];
    const throttle = new Throttle<number>(33, (value) => sent.push(value));
    for (let value = 1; value <= 100; value += 1) {
      throttle.offer(value);
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(100);
    expect(sent[0]).toBe(1);
    expect(sent.at(-1)).toBe(100);
    expect(sent.length).toBeLessThanOrEqual(1000 / 33 + 2);
    throttle.offer(101);
    expect(sent.at(-1)).toBe(101);
  });

  test('L6: what is dropped does not leave', () => {
    const sent: number[] = [];
    const throttle = new Throttle<number>(33, (value) => sent.push(value));
    throttle.offer(1);
    throttle.offer(2);
    throttle.drop();
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([1]);
    throttle.offer(3);
    throttle.offer(4);
    throttle.stop();
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([1, 3]);
  });
});
