/** The defined terms of Specific Character Set, PS3.3 C.12.1.1.2 and tables C.12-2 to C.12-5. */

export type Coding = {
  /** Of the WHATWG Encoding Standard. */
  label: string;
  bytes: 1 | 2;
  /** Codes below 128 (G0) or from there on (G1). */
  side: 'g0' | 'g1';
  /** 7-bit codes that the decoder wants as 8-bit ones, and the byte that goes before each (EUC-JP's third set). */
  setHighBit?: true;
  prefix?: number;
  /** JIS X 0201 Romaji. */
  japanese?: true;
};

export type CharacterSet = {
  /** Decoded as one, without code extensions. */
  whole?: string;
  g0: Coding;
  g1: Coding | undefined;
};

const ascii: Coding = { label: 'latin1', bytes: 1, side: 'g0' };
const romaji: Coding = { label: 'latin1', bytes: 1, side: 'g0', japanese: true };
const katakana: Coding = { label: 'shift-jis', bytes: 1, side: 'g1' };
const kanji: Coding = { label: 'euc-jp', bytes: 2, side: 'g0', setHighBit: true };
const moreKanji: Coding = { label: 'euc-jp', bytes: 2, side: 'g0', setHighBit: true, prefix: 0x8f };
const korean: Coding = { label: 'euc-kr', bytes: 2, side: 'g1' };
const chinese: Coding = { label: 'gb18030', bytes: 2, side: 'g1' };
const high = (label: string): Coding => ({ label, bytes: 1, side: 'g1' });

/** Single-byte sets by their ISO registration number: the upper half, and its escape's last byte after `ESC -`. */
const single: Record<string, { coding: Coding; final: string }> = {
  '100': { coding: high('windows-1252'), final: 'A' },
  '101': { coding: high('iso-8859-2'), final: 'B' },
  '109': { coding: high('iso-8859-3'), final: 'C' },
  '110': { coding: high('iso-8859-4'), final: 'D' },
  '144': { coding: high('iso-8859-5'), final: 'L' },
  '127': { coding: high('iso-8859-6'), final: 'G' },
  '126': { coding: high('iso-8859-7'), final: 'F' },
  '138': { coding: high('iso-8859-8'), final: 'H' },
  '148': { coding: high('windows-1254'), final: 'M' },
  '203': { coding: high('iso-8859-15'), final: 'b' },
  '166': { coding: high('windows-874'), final: 'T' },
};

/** Escapes without their ESC. `$@` is the JIS X 0208 of 1978, which some writers still name. */
const escapes: [string, Coding][] = [
  ['(B', ascii],
  ['(J', romaji],
  [')I', katakana],
  ['$B', kanji],
  ['$@', kanji],
  ['$(B', kanji],
  ['$(D', moreKanji],
  ['$)C', korean],
  ['$)A', chinese],
  ...Object.values(single).map(({ coding, final }): [string, Coding] => [`-${final}`, coding]),
];

/** Which coding an escape switches to, and how long it is; undefined for none that DICOM has. */
export function codingByEscape(
  bytes: Uint8Array,
  at: number,
): { coding: Coding; length: number } | undefined {
  const text = String.fromCharCode(...bytes.subarray(at, at + 3));
  const found = escapes.find(([sequence]) => text.startsWith(sequence));
  return found && { coding: found[1], length: found[0].length };
}

const WHOLE: Record<string, string> = { GB18030: 'gb18030', GBK: 'gbk', GB2312: 'gbk', '192': 'utf-8' };
const SPELT_OTHERWISE: Record<string, string> = {
  UTF8: '192',
  ISO88591: '100',
  ISO88592: '101',
  ISO88595: '144',
  ISO885915: '203',
  LATIN1: '100',
};

/** `ISO_IR 100`, `ISO 2022 IR 100`, and what people write instead: `ISO IR 100`, `ISO_2022_IR_100`, `iso_ir100`. */
function numberOf(term: string): string {
  const letters = term.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const registered = /^ISO(?:2022)?IR(\d+)$/.exec(letters)?.[1];
  return registered ?? SPELT_OTHERWISE[letters] ?? letters;
}

const known = new Map<string, CharacterSet>();

/** @param value of (0008,0005), values joined by `\`; an empty first value is ISO_IR 6 */
export function characterSetOf(value = ''): CharacterSet {
  let found = known.get(value);
  if (!found) {
    found = resolve(value);
    if (known.size < 500) known.set(value, found);
  }
  return found;
}

function resolve(value: string): CharacterSet {
  const terms = value.split('\\').map(numberOf);
  const [first = '', ...others] = terms;
  const whole = WHOLE[first];
  if (whole) return { whole, g0: ascii, g1: undefined };
  if (first === '13') return { g0: romaji, g1: katakana };
  const g1 = upperHalf(first);
  if (g1) return { g0: ascii, g1 };
  // Bytes above 127 without an escape, where the first set has none: they can be meant in the one that has.
  return { g0: ascii, g1: others.map(upperHalf).find((coding) => coding !== undefined) };
}

const upperHalf = (number: string): Coding | undefined =>
  number === '149' ? korean : number === '58' ? chinese : single[number]?.coding;
