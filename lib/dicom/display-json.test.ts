import { expect, test } from 'vitest';
import { items, type JsonDataSet, numberValue, numberValues, textValue, textValues } from './display-json.ts';

const TAG = '00100010';
const holding = (...list: unknown[]): JsonDataSet => ({ [TAG]: { vr: 'UN', Value: list } });

test.each<[string, JsonDataSet | undefined, string]>([
  ['text, trimmed', holding(' a '), 'a'],
  ['a number', holding(12.5), '12.5'],
  ['a person name', holding({ Alphabetic: 'A^B ' }), 'A^B'],
  ['only an ideographic name', holding({ Ideographic: '山' }), ''],
  ['null', holding(null), ''],
  ['no value', { [TAG]: { vr: 'PN' } }, ''],
  ['no data set', undefined, ''],
])('text of %s', (_, dataSet, expected) => expect(textValue(dataSet, TAG)).toBe(expected));

test('all texts; empty values stay in their places', () => {
  expect(textValues(holding('a', null, ' b'), TAG)).toEqual(['a', '', 'b']);
  expect(textValues({}, TAG)).toEqual([]);
});

test.each<[unknown, number | null]>([
  [3, 3],
  ['3.5 ', 3.5],
  ['1e-5', 1e-5],
  ['', null],
  [' ', null],
  ['x', null],
  [null, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
])('number of %j is %j', (value, expected) => {
  expect(numberValue(holding(value), TAG)).toBe(expected);
  expect(numberValues(holding(1, value), TAG)).toEqual(expected === null ? null : [1, expected]);
});

test('no numbers in an absent or empty element', () => {
  expect(numberValues({}, TAG)).toBeNull();
  expect(numberValues(holding(), TAG)).toBeNull();
});

test('items of a sequence, what is none left out', () => {
  const item = holding('a');
  expect(items(holding(item, null, 'x'), TAG)).toEqual([item]);
  expect(items(undefined, TAG)).toEqual([]);
});
