import { expect, test } from 'vitest';
import { changed, emptyHistory, redone, replaced, undone } from './history.ts';
import { measurement } from './measurement.fixture.ts';

const one = measurement('length', [[0, 0, 0]], { id: 'one' });
const other = measurement('length', [[1, 0, 0]], { id: 'other' });

test('made, changed and taken away: undone and done again', () => {
  const moved = { ...one, label: 'moved' };
  const made = changed([], emptyHistory, 'one', one);
  const edited = changed(made.measurements, made.history, 'one', moved);
  const gone = changed(edited.measurements, edited.history, 'one', null);
  expect(gone.measurements).toEqual([]);
  const back = undone(gone.measurements, gone.history);
  expect(back?.measurements).toEqual([moved]);
  const first = back && undone(back.measurements, back.history);
  expect(first?.measurements).toEqual([one]);
  const none = first && undone(first.measurements, first.history);
  expect(none?.measurements).toEqual([]);
  expect(none && undone(none.measurements, none.history)).toBeNull();
  const again = none && redone(none.measurements, none.history);
  expect(again?.measurements).toEqual([one]);
});

test('what somebody else drew meanwhile stays', () => {
  const made = changed([], emptyHistory, 'one', one);
  expect(undone([...made.measurements, other], made.history)?.measurements).toEqual([other]);
});

test('a new change forgets what was undone', () => {
  const made = changed([], emptyHistory, 'one', one);
  const back = undone(made.measurements, made.history);
  const next = back && changed(back.measurements, back.history, 'other', other);
  expect(next && redone(next.measurements, next.history)).toBeNull();
});

test('replacing keeps the order', () => {
  expect(replaced([one, other], 'one', { ...one, label: 'x' }).map((each) => each.label)).toEqual(['x', '']);
});
