import { items, type JsonDataSet, numberValues, textValue } from './display-json.ts';
import { EXPLICIT_BIG_ENDIAN } from './uids.ts';

/** A Modality LUT (PS3.3 C.11.1.1): what stored values from `first` on become, one after the other. */
export type ModalityTable = { first: number; entries: Uint16Array };

/** How the values are stored that go into a table: low bits of words, two's complement where signed. */
export type StoredBits = { bitsStored: number; signed: boolean };

const item = (header: JsonDataSet | undefined): JsonDataSet | undefined => items(header, '00283000')[0];

/** Whether values are made by a table, and not by slope and intercept. */
export const hasModalityTable = (header: JsonDataSet | undefined): boolean => item(header) !== undefined;

/** Where the entries lie that are too many for the header; null when they are in it. */
export const modalityTableUri = (header: JsonDataSet | undefined): string | null =>
  item(header)?.['00283006']?.BulkDataURI ?? null;

/**
 * The table of a header. Eight-bit entries may lie packed, two in a word.
 * @param bulk the entries' bytes where `modalityTableUri` names them, as they are stored
 * @throws RangeError when it is not whole: values without it would be wrong
 */
export function modalityTable(header: JsonDataSet, bulk: Uint8Array | null): ModalityTable {
  const [count, first] = numberValues(item(header), '00283002') ?? [];
  if (count === undefined || first === undefined)
    throw new RangeError('A Modality LUT without its descriptor');
  // Sixteen bits hold no 65536; what counts or maps was written as US or SS, whichever the writer chose.
  const length = count & 0xffff || 0x10000;
  const signed = Number(header['00280103']?.Value?.[0] ?? 0) === 1;
  const entries = entriesOf(header, bulk, length);
  if (entries.length < length) throw new RangeError(`A Modality LUT of ${length} has ${entries.length}`);
  return { first: signed ? (first << 16) >> 16 : first & 0xffff, entries: entries.subarray(0, length) };
}

function entriesOf(header: JsonDataSet, bulk: Uint8Array | null, length: number): Uint16Array {
  const data = item(header)?.['00283006'];
  if (data?.Value) return Uint16Array.from(data.Value, Number);
  const bytes = bulk ?? Uint8Array.from(atob(data?.InlineBinary ?? ''), (one) => one.charCodeAt(0));
  if (bytes.length < 2 * length) return Uint16Array.from(bytes);
  // Inline binary is little endian whatever the object is (PS3.18 F.2.7).
  const isBig = bulk !== null && textValue(header, '00083002') === EXPLICIT_BIG_ENDIAN;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length }, (_, index) => view.getUint16(2 * index, !isBig));
}

/** What a table makes of stored values: those below its first and above its last are held at its ends (PS3.3 C.11.1). */
export function lookedUp(
  stored: ArrayLike<number>,
  { first, entries }: ModalityTable,
  { bitsStored, signed }: StoredBits,
): Uint16Array<ArrayBuffer> {
  const unused = 32 - bitsStored;
  const last = entries.length - 1;
  const values = new Uint16Array(stored.length);
  for (let at = 0; at < values.length; at += 1) {
    const word = (stored[at] ?? 0) << unused;
    const place = (signed ? word >> unused : word >>> unused) - first;
    values[at] = entries[place < 0 ? 0 : Math.min(place, last)] ?? 0;
  }
  return values;
}
