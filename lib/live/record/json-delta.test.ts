import { describe, expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { applyDelta, deltaOf, type Json } from './json-delta.ts';

const source = random(48);

/** Any JSON value, with few keys and short lists so that two of them often agree in part. */
function value(depth: number): Json {
  const kind = source.integer(depth > 0 ? 6 : 4);
  if (kind === 0) return source.integer(3);
  if (kind === 1) return source.pick(['', 'a', '__proto__', '0']);
  if (kind === 2) return source.chance(0.5);
  if (kind === 3) return null;
  const parts = Array.from({ length: source.integer(4) }, () => value(depth - 1));
  return kind === 4
    ? parts
    : Object.fromEntries(
        parts.map((part, index) => [source.pick(['x', 'y', 'length', String(index)]), part]),
      );
}

describe('what leads from one value to another', () => {
  test('leads there, after a way through JSON, between any two of them', () => {
    for (let i = 0; i < 5000; i += 1) {
      const [from, to] = [value(3), value(3)];
      const delta = deltaOf(from, to);
      const kept = delta === undefined ? undefined : JSON.parse(JSON.stringify(delta));
      expect(applyDelta(from, kept)).toEqual(to);
      expect(deltaOf(from, from)).toBeUndefined();
    }
  });

  test('names nothing that did not change', () => {
    const from = { a: [1, 2, { b: 'x' }], c: { d: 1 } };
    expect(deltaOf(from, { a: [1, 2, { b: 'y' }], c: { d: 1 } })).toEqual([
      1,
      { a: [2, { 2: [1, { b: [0, 'y'] }, []] }, 3] },
      [],
    ]);
  });

  test('is not applied to what it does not fit', () => {
    expect(() => applyDelta(3, [1, {}, []])).toThrow();
    expect(() => applyDelta(undefined, undefined)).toThrow();
  });
});
