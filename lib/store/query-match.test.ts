import { describe, expect, test } from 'vitest';
import {
  dateRange,
  foldName,
  fuzzyNameFilters,
  inRange,
  nameFilters,
  nameTest,
  textFilter,
  timeRange,
  wildcard,
} from './query-match.ts';

describe('wildcard matching (PS3.4 C.2.2.2.4): * any characters, ? one', () => {
  test.each([
    ['AB*', 'ABC', true],
    ['AB*', 'AB', true],
    ['*B?D', 'AABCD', true],
    ['*B?D', 'AABD', false],
    ['A*C*E', 'ABCDE', true],
    ['a*', 'ABC', false],
    ['50%_*', '50%_x', true],
    ['50%_*', '50abx', false],
  ])('%s on %s: %s', (key, value, expected) => expect(wildcard(key)(value)).toBe(expected));

  test('no key makes it slow: backtracking is bounded', () => {
    expect(wildcard('*a'.repeat(30))('a'.repeat(29) + 'b'.repeat(2000))).toBe(false);
  });

  test('LIKE’s own wildcards in a key mean themselves', () => {
    expect(textFilter('A_1*')).toEqual({ filter: { startsWith: 'A\\_1' }, exact: true });
    expect(textFilter('A_1')).toEqual({ filter: { equals: 'A_1' }, exact: true });
    expect(textFilter('A*B?')).toMatchObject({ exact: false });
  });
});

describe('names are compared without case and accents, group by group', () => {
  test.each([
    ['Buc^Jérôme', 'BUC^JEROME', true],
    ['Yamada^Tarou=山田^太郎=やまだ^たろう', '山田^太郎', true],
    ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'yamada^t*', true],
    ['Yamada^Tarou=山田^太郎=やまだ^たろう', '山田*', true],
    ['ΔΙΟΝΥΣΙΟΣ', 'Διονυσιος', true],
    ['Smith^John^^^', 'smith^john', true],
    ['Smith^John', 'smith', false],
    ['Smith^John', 'sm?th*', true],
  ])('%s by %s: %s', (name, key, expected) => expect(nameTest(key)(foldName(name))).toBe(expected));

  test('fuzzy: one list of alternatives per word', () => {
    expect(fuzzyNameFilters('jé buc')).toHaveLength(2);
    expect(nameFilters('a*b').exact).toBe(false);
  });
});

describe('ranges (C.2.2.2.5)', () => {
  test.each([
    ['20250101-20250131', '20250131', true],
    ['20250101-20250131', '20250201', false],
    ['-20250131', '19991231', true],
    ['-20250131', '', false],
    ['20250101-', '20990101', true],
    ['2025.01.02', '20250102', true],
  ])('date %s on %s: %s', (key, value, expected) => {
    expect(inRange(value, dateRange(key) as never)).toBe(expected);
  });
  test.each([
    ['10-11', '115959.5', true],
    ['1015', '101559.999', true],
    ['1015', '1016', false],
    ['-1015', '101530', true],
    ['101530.1-', '101530.2', true],
  ])('time %s on %s: %s', (key, value, expected) => {
    expect(inRange(value, timeRange(key) as never)).toBe(expected);
  });
  test.each(['2025', 'x-y', '-', '20250101-2025'])('%s is no date', (key) => {
    expect(dateRange(key)).toBeUndefined();
  });
});
