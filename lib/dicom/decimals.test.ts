import { expect, test } from 'vitest';
import { decimals } from './decimals.ts';

const read = (text: string) => decimals(Buffer.from(text, 'latin1'));

/** A plain generator of the same numbers each time (Numerical Recipes). */
function* randoms(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test('any decimal is the number that Number says, to the last bit', () => {
  const next = randoms(7);
  const random = () => next.next().value;
  const texts = Array.from({ length: 20_000 }, () => {
    const digits = Math.floor(random() * 17);
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 8);
    return random() < 0.1 ? value.toExponential(digits) : value.toFixed(digits);
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
