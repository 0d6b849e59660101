import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PresenterWatch } from './presenter-watch.ts';

const GRACE_MS = 10_000;

describe('a presenter who is gone', () => {
  let fallen: string[];
  let watch: PresenterWatch;
  beforeEach(() => {
    vi.useFakeTimers();
    fallen = [];
    watch = new PresenterWatch(GRACE_MS, (gone) => fallen.push(gone));
  });
  afterEach(() => vi.useRealTimers());

  const look = (held: boolean, chairHere = true) => watch.look({ presenterId: 'p', held, chairHere });

  test('C7: loses control after the grace, not before, however often the room looks', () => {
    look(false);
    for (let waited = 0; waited < GRACE_MS - 1000; waited += 1000) {
      vi.advanceTimersByTime(1000);
      look(false);
    }
    expect(fallen).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(fallen).toEqual(['p']);
  });

  test('C7: keeps it until the chair is there, and loses it then at once', () => {
    look(false, false);
    vi.advanceTimersByTime(10 * GRACE_MS);
    expect(fallen).toEqual([]);
    look(false, true);
    vi.advanceTimersByTime(0);
    expect(fallen).toEqual(['p']);
  });

  test('C8: keeps control who is back within the grace; the next absence has its own', () => {
    look(false);
    vi.advanceTimersByTime(GRACE_MS - 1);
    look(true);
    vi.advanceTimersByTime(GRACE_MS);
    look(false);
    vi.advanceTimersByTime(GRACE_MS - 1);
    expect(fallen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fallen).toEqual(['p']);
  });

  test('X1: nothing falls in a room that is closed', () => {
    look(false);
    watch.stop();
    vi.advanceTimersByTime(GRACE_MS);
    expect(fallen).toEqual([]);
  });
});
