import { expect, test } from 'vitest';
import { markOf } from './mark-state.fixture.ts';
import { type Mark, MOST_MARK_POINTS, markSchema, mergeMarks } from './mark-state.ts';

const mark = (n: number, x = 0): Mark =>
  markOf({
    n,
    points: [
      [0, 0, 0],
      [x, 0, 0],
    ],
  });
const of = (personId: string, n: number, x = 0) => ({ personId, mark: mark(n, x) });

test('M1: a mark is at most so many finite points of patient space, and nothing besides', () => {
  expect(markSchema.safeParse(mark(1)).success).toBe(true);
  const points = Array.from({ length: MOST_MARK_POINTS + 1 }, () => [0, 0, 0]);
  for (const wrong of [{ points }, { points: [[0, 0, 0]] }, { by: 'me' }, { n: -1 }, { normal: [0, 0] }])
    expect(markSchema.safeParse({ ...mark(1), ...wrong }).success).toBe(false);
});

test('M2: of marks that wait the latest of each is kept, and of too many the latest', () => {
  const waiting = mergeMarks([of('ann', 1, 1), of('bob', 1, 1)], [of('ann', 1, 2), of('ann', 2)]);
  expect(waiting).toEqual([of('bob', 1, 1), of('ann', 1, 2), of('ann', 2)]);
  const many = Array.from({ length: 40 }, (_, n) => of('ann', n));
  expect(mergeMarks([], many)).toEqual(many.slice(-16));
});
