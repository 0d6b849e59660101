import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LineWatch, PULSE_MS } from './line-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('W10: a line on which nothing comes', () => {
  test('is silent after five seconds, and not when anything comes again', () => {
    const told: boolean[] = [];
    const line = new LineWatch(() => told.push(line.silent));
    line.pulse();
    vi.advanceTimersByTime(4900);
    line.heard();
    vi.advanceTimersByTime(4900);
    expect(line.silent).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(line.silent).toBe(true);
    line.heard();
    expect(told).toEqual([true, false]);
  });

  test('of a server that never says that it lives is a quiet room', () => {
    const line = new LineWatch(() => expect.unreachable());
    line.heard();
    vi.advanceTimersByTime(60_000);
    expect(line.silent).toBe(false);
  });

  test('a page that was busy hears first what waited for it', () => {
    const line = new LineWatch(() => expect.unreachable());
    line.pulse();
    // Its timers come before the messages that lie in its line.
    vi.advanceTimersByTime(5200);
    line.heard();
    vi.advanceTimersByTime(4000);
    expect(line.silent).toBe(false);
  });

  test('one that is known to be lost is not waited for', () => {
    const line = new LineWatch(() => expect.unreachable());
    line.pulse();
    line.stop();
    vi.advanceTimersByTime(60_000);
    expect(line.silent).toBe(false);
  });

  test('a pulse that a busy time swallowed does not make it silent', () => {
    // Something was said just after one pulse: the next one is left out, and the one after it comes.
    const line = new LineWatch(() => expect.unreachable());
    line.pulse();
    vi.advanceTimersByTime(2 * PULSE_MS);
    line.pulse();
    expect(line.silent).toBe(false);
  });
});
