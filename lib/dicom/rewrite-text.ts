/** Text back into bytes under Specific Character Set (PS3.3 C.12.1.1.2). */

export const UTF8 = 'ISO_IR 192';

/** VRs whose text follows Specific Character Set (PS3.5 6.1.2.2); all others are ASCII. */
export const CHARACTER_SET_VRS: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);

/**
 * The upper half of each single-byte set, as the encoding standard names it. WHATWG reads Latin-1 as windows-1252:
 * they agree from 0xA0 on, and nothing below is written.
 */
const singleByte: Record<string, string> = {
  '100': 'iso-8859-1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'iso-8859-9',
  '203': 'iso-8859-15',
  '166': 'windows-874',
};
const tables = new Map<string, ReadonlyMap<string, number>>();

/**
 * The bytes of a text in a character set, or undefined when the set has not all of its letters. Of the sets with code
 * extensions only the first value's is used: what it lacks is said in UTF-8, by the caller's choice, not in escapes.
 */
export function encodeText(text: string, characterSet: string | undefined): Uint8Array | undefined {
  const first = (characterSet ?? '').split('\\')[0]?.trim() ?? '';
  if (first === UTF8) return new TextEncoder().encode(text);
  // In the Japanese set of ISO 646 the codes of \ and ~ are ¥ and ‾: the bytes are the same.
  if (isAscii(text)) return new TextEncoder().encode(text);
  const table = tableOf(/(\d+)$/.exec(first)?.[1] ?? '');
  if (!table) return undefined;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const byte = code < 0x80 ? code : table.get(text[at] ?? '');
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

function tableOf(number: string): ReadonlyMap<string, number> | undefined {
  const label = singleByte[number];
  if (!label) return undefined;
  const known = tables.get(label);
  if (known) return known;
  const decoder = new TextDecoder(label);
  const table = new Map<string, number>();
  for (let byte = 0xa0; byte <= 0xff; byte += 1) {
    const letter = decoder.decode(Uint8Array.of(byte));
    if (letter !== '\uFFFD') table.set(letter, byte);
  }
  tables.set(label, table);
  return table;
}

/** Without escape sequences, so that the bytes mean the same in every set. */
export function isPlainAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80 || byte === 0x1b) return false;
  return true;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins there
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
