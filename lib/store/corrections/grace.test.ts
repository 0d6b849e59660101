import { expect, test } from 'vitest';
import { GRACE_DAYS, graceEnd, purgeDate } from './grace.ts';

test('the grace is 30 days', () => {
  expect(GRACE_DAYS).toBe(30);
  expect(graceEnd(new Date('2026-01-01T00:00:00Z')).toISOString()).toBe('2026-01-31T00:00:00.000Z');
});

test.each([
  ['no term: the grace alone', null, '2026-02-01T00:00:00.000Z'],
  ['a term that has passed: the grace alone', 5, '2026-02-01T00:00:00.000Z'],
  ['a term that has not: until it has, counted from when it came', 20, '2036-01-02T00:00:00.000Z'],
])('%s', (_name, years, expected) => {
  const study = { createdAt: new Date('2016-01-02T00:00:00Z'), purgeAt: new Date('2026-02-01T00:00:00Z') };
  expect(purgeDate(study, years).toISOString()).toBe(expected);
});
