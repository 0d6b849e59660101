import { expect, test } from 'vitest';
import { giveSlab, isAligned, SLAB_BYTES, takeSlab } from './slabs.ts';

test('a slab is used again, never by two at once', () => {
  const [a, b] = [takeSlab(), takeSlab()];
  expect(a).toHaveLength(SLAB_BYTES);
  expect(a === b).toBe(false);
  giveSlab(a);
  expect(takeSlab() === a).toBe(true);
  giveSlab(a);
  expect(() => giveSlab(a)).toThrow('twice');
  giveSlab(b);
  expect(isAligned(b)).toBe(true);
});

test('more than there are kept slabs for get memory all the same', () => {
  const taken = Array.from({ length: 70 }, takeSlab);
  expect(new Set(taken).size).toBe(70);
  expect(taken.every((slab) => slab.length === SLAB_BYTES)).toBe(true);
  for (const slab of taken) giveSlab(slab);
});
