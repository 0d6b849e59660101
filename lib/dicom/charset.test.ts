import { expect, test } from 'vitest';
import { decodeText } from './charset.ts';
import { displayName } from './person-name.ts';

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  ['ISO_IR 100', latin1('Buc^J\xe9r\xf4me'), 'Buc^Jérôme'],
  ['ISO_IR 192', new TextEncoder().encode('Müller^Zoë'), 'Müller^Zoë'],
  ['ISO_IR 144', Uint8Array.from([0xbb, 0xee, 0xda]), 'Люк'],
  [undefined, latin1('Plain^Ascii'), 'Plain^Ascii'],
  ['ISO_IR 999', latin1('J\xe9r\xf4me'), 'Jérôme'],
])('%s', (set, bytes, expected) => {
  expect(decodeText(bytes, set, 'PN')).toBe(expected);
});

test.each([
  ['DOE^Jane', 'DOE Jane'],
  ['DOE^Jane^M^Dr^PhD', 'Dr DOE Jane M PhD'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Yamada Tarou (山田 太郎)'],
  ['=山田^太郎', '山田 太郎'],
  ['DOE', 'DOE'],
  ['', ''],
])('%j is shown as %j', (name, shown) => {
  expect(displayName(name)).toBe(shown);
});
