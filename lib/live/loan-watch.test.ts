import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LoanWatch } from './loan-watch.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

const until = (ms: number) => ({ until: new Date(ms).toISOString(), returnsTo: 'ann' });

test('C12: ends when its time is over, again until that is stored, and not once it is gone', () => {
  const ended = vi.fn();
  const watch = new LoanWatch(ended);
  watch.look(until(60_000));
  vi.advanceTimersByTime(59_999);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ended).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1001);
  expect(ended).toHaveBeenCalledTimes(2);
  watch.look(null);
  vi.advanceTimersByTime(60_000);
  expect(ended).toHaveBeenCalledTimes(2);
});

test('C10: a room that opens after the end ends it at once', () => {
  const ended = vi.fn();
  vi.setSystemTime(90_000);
  new LoanWatch(ended).look(until(60_000));
  vi.advanceTimersByTime(0);
  expect(ended).toHaveBeenCalledWith(until(60_000));
});

test('C12: a room that was opened a moment ago first waits for those who come back', () => {
  const ended = vi.fn();
  vi.setSystemTime(90_000);
  const watch = new LoanWatch(ended, 10_000);
  watch.look(until(60_000));
  vi.advanceTimersByTime(9_000);
  // Somebody comes in, and the room looks again.
  watch.look(until(60_000));
  vi.advanceTimersByTime(999);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ended).toHaveBeenCalledTimes(1);
});
