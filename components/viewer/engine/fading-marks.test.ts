import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { markOf } from '@/lib/live/mark-state.fixture.ts';
import type { ViewerMark } from '../contract.ts';
import { FadingMarks, MARK_MS } from './fading-marks.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const mark = (n: number, x = 1): ViewerMark => ({
  personId: 'ann',
  name: 'Ann',
  colour: '#fff',
  mark: markOf({
    n,
    kind: 'arrow',
    points: [
      [0, 0, 0],
      [x, 0, 0],
    ],
  }),
});

test('M3: a mark fades four seconds after its last change, each by itself', () => {
  const marks = new FadingMarks();
  const seen = () => marks.get().marks.map(({ mark, fading }) => [mark.n, fading]);
  marks.put(mark(1));
  vi.advanceTimersByTime(2500);
  marks.put(mark(1, 2));
  marks.put(mark(2));
  expect(marks.get().marks[0]?.mark.points[1]).toEqual([2, 0, 0]);
  vi.advanceTimersByTime(MARK_MS - 1001);
  expect(seen()).toEqual([
    [1, false],
    [2, false],
  ]);
  marks.put(mark(2, 3));
  vi.advanceTimersByTime(1);
  expect(seen()).toEqual([
    [1, true],
    [2, false],
  ]);
  vi.advanceTimersByTime(1000);
  expect(seen()).toEqual([[2, false]]);
  vi.advanceTimersByTime(MARK_MS);
  expect(seen()).toEqual([]);
});

test('M3: a page that is left draws nothing any more', () => {
  const marks = new FadingMarks();
  marks.put(mark(1));
  marks.clear();
  expect(marks.get().marks).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
