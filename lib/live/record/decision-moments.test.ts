import { expect, test } from 'vitest';
import { thinMoments } from './decision-moments.ts';
import type { DecisionMoment } from './schema.ts';

test('what is typed in one go is one moment, per person and field; a pause begins anew', () => {
  const T = Date.parse('2026-03-01T10:00:00Z');
  const moment = (
    second: number,
    byName: string,
    field: string | null,
    what: DecisionMoment['what'] = 'written',
  ): DecisionMoment => ({ at: new Date(T + second * 1000).toISOString(), itemId: 'a', byName, what, field });
  const moments = [
    moment(0, 'Ann', 'proposal'),
    moment(1, 'Ann', 'proposal'),
    moment(2, 'Bob', 'proposal'),
    moment(3, 'Ann', 'trial'),
    // A minute after the last letter, not after the first.
    moment(60, 'Ann', 'proposal'),
    moment(61, 'Ann', null, 'validated'),
    moment(62, 'Ann', null, 'reopened'),
    moment(200, 'Ann', 'proposal'),
  ];
  expect(thinMoments(moments).map((one) => moments.indexOf(one))).toEqual([0, 2, 3, 5, 6, 7]);
});
