import { expect, test } from 'vitest';
import { Crossings } from './crossings.ts';

const names = (...ids: string[]) => new Map(ids.map((id) => [id, `Dr ${id}`]));

test('many who come and go are told together, once', () => {
  const crossings = new Crossings(names('ann'));
  crossings.see(names('ann', 'bob'));
  crossings.see(names('bob', 'eve'));
  expect(crossings.take()).toEqual({ joined: ['Dr bob', 'Dr eve'], left: ['Dr ann'] });
  expect(crossings.any).toBe(false);
});

test('who comes and leaves again at once, or is back, is not told of', () => {
  const crossings = new Crossings(names('ann'));
  crossings.see(names('ann', 'bob'));
  crossings.see(names());
  crossings.see(names('ann'));
  expect(crossings.any).toBe(false);
});
