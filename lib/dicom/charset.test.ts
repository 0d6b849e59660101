import { describe, expect, test } from 'vitest';
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

const escaped = (text: string) => latin1(text.replaceAll('~', '\x1b'));

describe('every single-byte set of table C.12-2 and its code extension of C.12-3', () => {
  test.each([
    ['100', 'A', [0xe9], 'é'],
    ['101', 'B', [0xb1], 'ą'],
    ['109', 'C', [0xa1], 'Ħ'],
    ['110', 'D', [0xa2], 'ĸ'],
    ['144', 'L', [0xbb], 'Л'],
    ['127', 'G', [0xe2], 'ق'],
    ['126', 'F', [0xe1], 'α'],
    ['138', 'H', [0xf9], 'ש'],
    ['148', 'M', [0xfd], 'ı'],
    ['203', 'b', [0xa4], '€'],
    ['166', 'T', [0xa1], 'ก'],
  ])('%s', (number, final, bytes, expected) => {
    expect(decodeText(Uint8Array.from(bytes), `ISO_IR ${number}`, 'PN')).toBe(expected);
    expect(decodeText(Uint8Array.from(bytes), `ISO 2022 IR ${number}`, 'PN')).toBe(expected);
    const text = Uint8Array.from([0x41, 0x1b, 0x2d, final.charCodeAt(0), ...bytes, 0x5e, 0x42]);
    expect(decodeText(text, `\\ISO 2022 IR ${number}`, 'PN')).toBe(`A${expected}^B`);
  });
});

test.each([
  [
    'no first value: ISO 2022 IR 6',
    '\\ISO 2022 IR 87',
    escaped('Yamada=~$B;3ED~(B^~$BB@O:~(B'),
    'Yamada=山田^太郎',
  ],
  ['JIS X 0201', 'ISO_IR 13', latin1('\xd4\xcf\xc0\xde^\xc0\xdb\xb3'), 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
  ['JIS X 0212', '\\ISO 2022 IR 159', escaped('~$(D0!~(B'), '丂'],
  ['Korean', '\\ISO 2022 IR 149', escaped('Hong=~$)C\xfb\xf3^~$)C\xd1\xce'), 'Hong=洪^吉'],
  ['Chinese', '\\ISO 2022 IR 58', escaped('Wang=~$)A\xcd\xf5'), 'Wang=王'],
  ['GBK', 'GBK', latin1('\xcd\xf5^\xd0\xa1'), '王^小'],
  ['a backslash within a letter of GB18030', 'GB18030', latin1('\x81\x5c^A'), '乗^A'],
  ['a backslash and a caret within JIS X 0208', '\\ISO 2022 IR 87', escaped('~$B0\\0^~(B^A'), '移緯^A'],
  ['four bytes of GB18030', 'GB18030', latin1('\x81\x30\x81\x30'), '\u0080'],
])('%s', (_, set, bytes, expected) => expect(decodeText(bytes, set, 'PN')).toBe(expected));

test.each(['ISO IR 144', 'ISO_IR_144', 'iso_ir 144', 'ISO 2022 IR 144', 'ISO_2022_IR_144', ' ISO_IR 144 '])(
  'the misspelt term %j',
  (term) => expect(decodeText(Uint8Array.from([0xbb]), term, 'LO')).toBe('Л'),
);

describe('the set is the first one again', () => {
  test.each([
    ['PN', '^'],
    ['PN', '='],
    ['PN', '\\'],
    ['LO', '\\'],
    ['LT', '\r'],
    ['LT', '\n'],
    ['LT', '\f'],
    ['LT', '\t'],
  ])('in %s after %j (PS3.5 6.1.2.5.3)', (vr, delimiter) => {
    const bytes = escaped(`~-L\xbb${delimiter}\xe9`);
    expect(decodeText(bytes, 'ISO 2022 IR 100\\ISO 2022 IR 144', vr)).toBe(`Л${delimiter}é`);
  });

  test.each([
    ['LO', '^'],
    ['LT', '\\'],
  ])('but not in %s after %j', (vr, letter) => {
    const bytes = escaped(`~-L\xbb${letter}\xbb`);
    expect(decodeText(bytes, 'ISO 2022 IR 100\\ISO 2022 IR 144', vr)).toBe(`Л${letter}Л`);
  });
});

test.each([
  ['Latin-1 that says it is UTF-8', 'ISO_IR 192', latin1('J\xe9r\xf4me'), 'Jérôme'],
  ['UTF-8 cut within its last letter', 'ISO_IR 192', latin1('M\xc3\xbcller^Zo\xc3'), 'Müller^Zo\ufffd'],
  ['UTF-8 that says nothing', undefined, new TextEncoder().encode('Müller'), 'Müller'],
  ['an escape of nobody', '\\ISO 2022 IR 87', escaped('A~%GB'), 'A%GB'],
  ['half a letter', '\\ISO 2022 IR 87', escaped('A~$B;'), 'A\ufffd'],
])('%s', (_, set, bytes, expected) => expect(decodeText(bytes, set, 'PN')).toBe(expected));

test('JIS X 0201 has a yen sign; a separator is none', () => {
  expect(decodeText(latin1('5\\~'), 'ISO_IR 13', 'LT')).toBe('5¥‾');
  expect(decodeText(latin1('A\\B'), 'ISO_IR 13', 'LO')).toBe('A\\B');
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
