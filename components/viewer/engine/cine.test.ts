import { expect, test } from 'vitest';
import { Cine, type CineStage } from './cine.ts';
import type { Pane } from './pane.ts';

/** A viewport of so many images that paints when it is told to, and a clock that is moved by hand. */
function cineOf(count: number, rate: 5 | 10 | 30 = 10) {
  const state = { index: 0, settled: true, trouble: null as Pane['trouble'], present: true, ended: false };
  const shown: number[] = [];
  const pane = {
    id: 'v1',
    count,
    get index() {
      return state.index;
    },
    get settled() {
      return state.settled;
    },
    get trouble() {
      return state.trouble;
    },
  } as Pane;
  const stage: CineStage = {
    pane: () => (state.present ? pane : undefined),
    goTo: (_pane, index) => {
      state.index = index;
      shown.push(index);
    },
  };
  let step: ((now: number) => void) | null = null;
  const clock = {
    request: (next: (now: number) => void) => {
      step = next;
      return 1;
    },
    cancel: () => {
      step = null;
    },
  };
  const cine = new Cine(
    stage,
    pane,
    rate,
    () => {
      state.ended = true;
    },
    clock,
  );
  let now = 1000;
  /** Frames of the browser, sixty a second. */
  const run = (frames: number) => {
    for (let at = 0; at < frames; at += 1) {
      now += 1000 / 60;
      const next = step;
      step = null;
      next?.(now);
    }
  };
  return { state, shown, run, cine };
}

test('goes round, one image after the other, at its rate', () => {
  const { shown, run } = cineOf(4, 10);
  run(60);
  expect(shown.slice(0, 6)).toEqual([1, 2, 3, 0, 1, 2]);
  expect(shown.length).toBeGreaterThanOrEqual(10);
  expect(shown.length).toBeLessThanOrEqual(11);
});

test('waits for an image that is not painted, and leaves none out', () => {
  const { shown, run, state } = cineOf(9, 30);
  run(4);
  const before = shown.length;
  state.settled = false;
  run(120);
  expect(shown).toHaveLength(before);
  state.settled = true;
  run(6);
  expect(shown).toEqual(shown.map((_, at) => at + 1));
});

test('ends when somebody scrolls', () => {
  const { run, state, shown } = cineOf(9);
  run(10);
  state.index += 3;
  run(10);
  const { length } = shown;
  run(60);
  expect(state.ended).toBe(true);
  expect(shown).toHaveLength(length);
});

test.each([
  ['an image that cannot be shown', { trouble: 'image_failed' as const }],
  ['a viewport that is gone', { present: false }],
])('ends at %s', (_name, change) => {
  const { run, state } = cineOf(9);
  run(10);
  Object.assign(state, change);
  run(1);
  expect(state.ended).toBe(true);
});

test('has nothing to run through in a single image', () => {
  const { run, state, shown } = cineOf(1);
  run(1);
  expect([state.ended, shown]).toEqual([true, []]);
});
