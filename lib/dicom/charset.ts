import { type Coding, characterSetOf, codingByEscape } from './character-sets.ts';

const ESCAPE = 0x1b;
const TILDE = 0x7e;
const BACKSLASH = 0x5c;
/** Code extensions are back to the first set after these, PS3.5 6.1.2.5.3: tab, LF, FF, CR. */
const CONTROLS = [0x09, 0x0a, 0x0c, 0x0d];
const WHOLE_TEXT = new Set(['LT', 'ST', 'UT']);

/**
 * Decodes text under Specific Character Set (PS3.3 C.12.1.1.2), ISO 2022 escapes included. Tolerates misspelt terms,
 * escapes that were not announced, and text that is not in the set it claims: an unknown set, or none, with bytes that
 * are no UTF-8 is read as Latin-1, because a wrong letter is visible and a lost name is not. Never throws.
 * @param characterSet values joined by `\`, as in (0008,0005)
 */
export function decodeText(bytes: Uint8Array, characterSet: string | undefined, vr: string): string {
  const { whole, g0, g1 } = characterSetOf(characterSet);
  const plain = bytes.every((byte) => byte < 0x80 && byte !== ESCAPE);
  if (plain && !g0.japanese) return decoder('latin1').decode(bytes);
  if (whole) return decodeWhole(bytes, whole);
  return decodeExtended(bytes, g0, g1, resetsOf(vr));
}

function resetsOf(vr: string): readonly number[] {
  if (WHOLE_TEXT.has(vr)) return CONTROLS;
  return vr === 'PN' ? [...CONTROLS, BACKSLASH, 0x5e, 0x3d] : [...CONTROLS, BACKSLASH];
}

function decodeWhole(bytes: Uint8Array, label: string): string {
  return label === 'utf-8' ? decodeUtf8(bytes) : decoder(label).decode(bytes);
}

/** A cut last letter is one wrong letter; wrong letters elsewhere mean that the set is another one. */
function decodeUtf8(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return decoder('utf-8').decode(bytes);
  const cut = [1, 2, 3].some(
    (missing) => bytes.length > missing && isUtf8(bytes.subarray(0, bytes.length - missing)),
  );
  const last = bytes.findLastIndex((byte) => byte >= 0xc0);
  return decoder(cut && last > 0 && bytes.length - last < 4 ? 'utf-8' : 'latin1').decode(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** ISO 2022: runs of bytes of one coding each, decoded one after the other. */
function decodeExtended(
  bytes: Uint8Array,
  first0: Coding,
  first1: Coding | undefined,
  resets: readonly number[],
): string {
  const output = new Runs(resets.includes(BACKSLASH));
  let [g0, g1] = [first0, first1];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if (byte === ESCAPE) {
      const found = codingByEscape(bytes, at + 1);
      if (found?.coding.side === 'g0') g0 = found.coding;
      else if (found) g1 = found.coding;
      at += 1 + (found?.length ?? 0);
      continue;
    }
    const high = byte >= 0x80;
    const coding = high ? (g1 ?? UNKNOWN) : g0;
    const pair = coding.bytes === 2 && at + 1 < bytes.length && (high ? byte >= 0xa1 : byte > 0x20);
    if (!high && !pair && resets.includes(byte)) [g0, g1] = [first0, first1];
    // What controls and spaces are is the same everywhere.
    const used = byte <= 0x20 ? ASCII : coding;
    output.add(used, bytes.subarray(at, at + (pair ? 2 : 1)));
    at += pair ? 2 : 1;
  }
  return output.text();
}

const ASCII: Coding = { label: 'latin1', bytes: 1, side: 'g0' };
/** Bytes of a set that nobody announced. */
const UNKNOWN: Coding = { label: 'utf-8', bytes: 1, side: 'g1' };

class Runs {
  private result = '';
  private run: number[] = [];
  private coding: Coding = ASCII;

  constructor(private readonly backslashSeparates: boolean) {}

  add(coding: Coding, bytes: Uint8Array): void {
    if (coding !== this.coding) this.flush();
    this.coding = coding;
    if (coding.prefix !== undefined) this.run.push(coding.prefix);
    for (const byte of bytes) this.run.push(coding.setHighBit ? byte | 0x80 : byte);
  }

  text(): string {
    this.flush();
    return this.result;
  }

  private flush(): void {
    if (this.run.length === 0) return;
    const bytes = Uint8Array.from(this.run);
    this.run = [];
    if (this.coding.japanese) this.result += this.romaji(bytes);
    else if (this.coding === UNKNOWN)
      this.result += decoder(isUtf8(bytes) ? 'utf-8' : 'latin1').decode(bytes);
    else this.result += decoder(this.coding.label).decode(bytes);
  }

  /** JIS X 0201 has a yen sign and an overline where ASCII has backslash and tilde; a separator stays one. */
  private romaji(bytes: Uint8Array): string {
    return Array.from(bytes, (byte) => {
      if (byte === TILDE) return '‾';
      return byte === BACKSLASH && !this.backslashSeparates ? '¥' : String.fromCharCode(byte);
    }).join('');
  }
}

const decoders = new Map<string, TextDecoder>();
function decoder(label: string): TextDecoder {
  let found = decoders.get(label);
  if (!found) {
    found = new TextDecoder(label);
    decoders.set(label, found);
  }
  return found;
}
