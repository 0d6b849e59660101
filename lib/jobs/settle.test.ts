import { expect, test } from 'vitest';
import { Settling } from './settle.ts';

test('a series is at rest when nothing of it has come for a while', () => {
  const settling = new Settling();
  settling.came('a', 0);
  settling.came('a', 1000);
  expect(settling.settled(2400)).toEqual([]);
  expect(settling.settled(2500)).toEqual(['a']);
  expect(settling.has('a')).toBe(false);
});

test('while others come, it waits', () => {
  const settling = new Settling();
  settling.came('a', 0);
  settling.came('b', 2000);
  expect(settling.settled(3000)).toEqual([]);
  expect(settling.settled(3500)).toEqual(['a', 'b']);
});

test('but not for ever', () => {
  const settling = new Settling();
  settling.came('a', 0);
  for (let now = 0; now < 60_000; now += 500) {
    settling.came('b', now);
    expect(settling.settled(now)).toEqual([]);
  }
  settling.came('c', 60_000);
  expect(settling.settled(60_000)).toEqual(['a', 'b']);
});
