import { expect, test } from 'vitest';
import { mayBeUnstorable, unstorablePath } from './schema.ts';

const deep = JSON.parse(`${'['.repeat(100_000)}"\\u0000"${']'.repeat(100_000)}`);

test.each([
  ['a plain text', { reason: 'Relapse – été 🩻' }, null],
  ['U+0000 in a text', { patient: { familyName: 'A\0' } }, 'patient.familyName'],
  ['in a list', { options: ['a', 'b\0'] }, 'options.1'],
  ['in a name', { fields: { 'a\0': 1 } }, 'fields'],
  ['half of a pair', { text: '\ud83e' }, 'text'],
  ['a text of its own', '\0', ''],
  ['no text', { a: 1, b: null, c: [true] }, null],
])('%s', (_name, value, expected) => {
  expect(unstorablePath(value)).toBe(expected);
  if (expected !== null) expect(mayBeUnstorable(JSON.stringify(value))).toBe(true);
});

test('however deep it is', () => expect(unstorablePath(deep)).toMatch(/^0\.0\./));
