import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServerClock } from './server-clock.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

test('C11: the quickest message tells the time, the own clock tells nothing', () => {
  const clock = new ServerClock();
  clock.restart(1_000_000);
  vi.advanceTimersByTime(500);
  expect(clock.now()).toBe(1_000_500);
  // Slower than the first: it says less than is known.
  clock.heard(1_000_300);
  expect(clock.now()).toBe(1_000_500);
  clock.heard(1_000_540);
  vi.setSystemTime(77);
  vi.advanceTimersByTime(10);
  expect(clock.now()).toBe(1_000_550);
});

test('C11: a new connection starts anew', () => {
  const clock = new ServerClock();
  clock.restart(9000);
  clock.restart(5000);
  expect(clock.now()).toBe(5000);
});
