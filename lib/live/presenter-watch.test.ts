import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PresenterWatch } from './presenter-watch.ts';

const GRACE_MS = 10_000;

describe('a presenter who is gone', () => {
  let told: (string | null)[];
  let watch: PresenterWatch;
  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    watch = new PresenterWatch(GRACE_MS, (gone) => told.push(gone));
  });
  afterEach(() => vi.useRealTimers());

  const look = (here: boolean, presenterId = 'p') => watch.look({ presenterId, here });

  test('C7: is told of after the grace, not before, however often the room looks', () => {
    look(false);
    for (let waited = 0; waited < GRACE_MS - 1000; waited += 1000) {
      vi.advanceTimersByTime(1000);
      look(false);
    }
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1000);
    look(false);
    expect(told).toEqual(['p']);
    look(true);
    expect(told).toEqual(['p', null]);
  });

  test('C7: another presenter who is gone has a grace of their own', () => {
    look(false);
    vi.advanceTimersByTime(GRACE_MS);
    look(false, 'q');
    expect(told).toEqual(['p', null]);
    vi.advanceTimersByTime(GRACE_MS);
    expect(told).toEqual(['p', null, 'q']);
  });

  test('C8: is not told of who is back within the grace; the next absence has its own', () => {
    look(false);
    vi.advanceTimersByTime(GRACE_MS - 1);
    look(true);
    vi.advanceTimersByTime(GRACE_MS);
    look(false);
    vi.advanceTimersByTime(GRACE_MS - 1);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['p']);
  });

  test('X1: nobody is told of in a room that is closed', () => {
    look(false);
    watch.stop();
    vi.advanceTimersByTime(GRACE_MS);
    expect(told).toEqual([]);
  });
});
