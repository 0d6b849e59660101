import { expect, test } from 'vitest';
import { giveSlab, SLAB_BYTES, takeSlab } from './slabs.ts';

test('a slab is used again, never by two at once', () => {
  const [a, b] = [takeSlab(), takeSlab()];
  expect(a).toHaveLength(SLAB_BYTES);
  expect(a === b).toBe(false);
  giveSlab(a);
  expect(takeSlab() === a).toBe(true);
  giveSlab(a);
  expect(() => giveSlab(a)).toThrow('twice');
  giveSlab(b);
});
