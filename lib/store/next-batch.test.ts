import { expect, test } from 'vitest';
import { nextBatch } from './next-batch.ts';

/** `A1` is the object 1 of study A. */
const waiting = (...names: string[]) =>
  names.map((name) => ({
    name,
    item: { centreId: 'c', study: { studyInstanceUid: name[0] ?? '' }, instance: { sopInstanceUid: name } },
  }));

function names(of: ReturnType<typeof waiting>, busy: string[] = [], most = 64) {
  const { batch, rest } = nextBatch(of, new Set(busy.map((study) => `c ${study}`)), most);
  return [batch, rest].map((part) => part.map(({ name }) => name).join(' '));
}

test('all that waits goes together', () => {
  expect(names(waiting('A1', 'B1', 'A2'))).toEqual(['A1 B1 A2', '']);
});

test('a study that is being written waits, others pass it', () => {
  expect(names(waiting('A1', 'B1', 'A2'), ['A'])).toEqual(['B1', 'A1 A2']);
});

test('the same UID again waits for the first, and what comes after it for both', () => {
  expect(names(waiting('A1', 'A1', 'A2', 'B1'))).toEqual(['A1 B1', 'A1 A2']);
});

test('no more than may go together, in their order', () => {
  expect(names(waiting('A1', 'B1', 'A2', 'B2'), [], 2)).toEqual(['A1 B1', 'A2 B2']);
  expect(names(waiting('A1', 'B1', 'A2'), ['B'], 1)).toEqual(['A1', 'B1 A2']);
});

test('one UID in two centres is two objects', () => {
  const [one] = waiting('A1');
  const other = { ...one, name: 'other', item: { ...one?.item, centreId: 'd' } };
  expect(names([one, other] as ReturnType<typeof waiting>)).toEqual(['A1 other', '']);
});
