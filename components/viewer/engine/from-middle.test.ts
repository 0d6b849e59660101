import { expect, test } from 'vitest';
import { fromMiddle } from './from-middle.ts';

test.each<[number[], number[]]>([
  [[], []],
  [[0], [0]],
  [
    [0, 1],
    [1, 0],
  ],
  [
    [0, 1, 2, 3],
    [2, 3, 1, 0],
  ],
  [
    [0, 1, 2, 3, 4],
    [2, 3, 1, 4, 0],
  ],
])('%j starts in the middle and leaves nothing out', (items, order) => {
  expect(fromMiddle(items)).toEqual(order);
});

test('another middle may be told', () => {
  expect(fromMiddle(['a', 'b', 'c', 'd'], 0)).toEqual(['a', 'b', 'c', 'd']);
  expect(fromMiddle(['a', 'b', 'c', 'd'], 3)).toEqual(['d', 'c', 'b', 'a']);
});
