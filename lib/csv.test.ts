import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('quotes, commas and line breaks stay inside their cell', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng'])).toBe('a,"b,c","d""e","f\ng"\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('%s is no formula', (value) => {
  expect(csvLine([value]).trimEnd().replaceAll('"', '')).toBe(`'${value}`.trimEnd());
});
