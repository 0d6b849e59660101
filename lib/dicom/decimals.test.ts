import { expect, test } from 'vitest';
import { random } from '@/tests/fuzz/random.ts';
import { decimals } from './decimals.ts';

const read = (text: string) => decimals(Buffer.from(text, 'latin1'));

test('any decimal is the number that Number says, to the last bit', () => {
  const { next } = random(7);
  const texts = Array.from({ length: 20_000 }, () => {
    const digits = Math.floor(next() * 17);
    const value = (next() - 0.5) * 10 ** Math.floor(next() * 8);
    return next() < 0.1 ? value.toExponential(digits) : value.toFixed(digits);
  });
  expect(read(texts.join('\\'))).toEqual(texts.map(Number));
});

test.each<[string, (number | null)[]]>([
  ['1\\2.5\\-3', [1, 2.5, -3]],
  [' 1 \\ 2.50 \\+3 ', [1, 2.5, 3]],
  ['-0.5\\.5\\5.\\-.25', [-0.5, 0.5, 5, -0.25]],
  ['1e3\\1E-2\\2.5e+1', [1000, 0.01, 25]],
  ['1\\\\3', [1, null, 3]],
  ['1\\x\\1.2.3\\-\\.', [1, null, null, null, null]],
  ['12\0\\13', [12]],
  ['0\\0', [0, 0]],
  ['1234567890123456789\\0.1234567890123456', [1234567890123456800, 0.1234567890123456]],
  ['', []],
  ['  ', []],
  ['\\\\', []],
])('%j', (text, values) => {
  expect(read(text)).toEqual(values);
});
