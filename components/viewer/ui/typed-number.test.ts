import { expect, test } from 'vitest';
import { typedNumber } from './typed-number.ts';

test('a figure in a field has the decimal mark of its reader, and nothing between thousands', () => {
  expect(typedNumber('en-GB', 1234.567)).toBe('1234.6');
  expect(typedNumber('fr', 0.4)).toBe('0,4');
  expect(typedNumber('fr', 30)).toBe('30');
  expect(typedNumber('fr', -1234)).toBe('-1234');
});
