import dicomParser, { type DataSet, type Element } from 'dicom-parser';
import { decodeText } from './charset.ts';
import { decimals } from './decimals.ts';
import { dictionaryVr } from './dictionary.ts';
import { uint16 } from './numbers.ts';
import { ODD_VR } from './odd-encoding.ts';
import { nameGroups } from './person-name.ts';

/** DICOM JSON model (PS3.18 annex F). */
export type DicomJsonElement = {
  vr: string;
  Value?: unknown[];
  BulkDataURI?: string;
  InlineBinary?: string;
};
export type DicomJson = Record<string, DicomJsonElement>;

const TEXT = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const SINGLE = new Set(['LT', 'ST', 'UT', 'UR']);
const BINARY = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
const WORDS: Record<string, number> = { OW: 2, OF: 4, OL: 4, OD: 8, OV: 8 };
/** Larger binary values are named, not carried: metadata must stay small. */
const INLINE_LIMIT = 1024;
/** Text that nobody reads as metadata. */
const TEXT_LIMIT = 1024 * 1024;

/**
 * A data set as DICOM JSON. Pixel data is left out; other large binary values become BulkDataURIs.
 * @param bulk makes the URI of a value from its path of tags and item numbers, e.g. `/60003000`
 * @param without tags (`GGGGEEEE`) that the caller has no use for
 */
export function toDicomJson(
  dataSet: DataSet,
  bulk: (path: string) => string,
  without: ReadonlySet<string> = NONE,
): DicomJson {
  const context = {
    characterSet: undefined,
    signed: uint16(dataSet, 'x00280103') === 1,
    bigEndian: isBigEndian(dataSet),
    bulk,
    without,
  };
  return convert(dataSet, context, '');
}

type Context = {
  characterSet: string | undefined;
  signed: boolean;
  bigEndian: boolean;
  bulk: (path: string) => string;
  without: ReadonlySet<string>;
};

const NONE: ReadonlySet<string> = new Set();

/** `GGGGEEEE` of the library's names, '' for what is no metadata. Kept: a million elements have a few hundred tags. */
const tags = new Map<string, string>();
function tagOf(key: string): string {
  let tag = tags.get(key);
  if (tag === undefined) {
    tag = key.slice(1).toUpperCase();
    const isHead = tag.startsWith('0002') || tag.startsWith('FFFE');
    // Group lengths say nothing any more.
    if (isHead || tag === '7FE00010' || tag.endsWith('0000')) tag = '';
    if (tags.size < 20_000) tags.set(key, tag);
  }
  return tag;
}

function convert(dataSet: DataSet, outer: Context, path: string): DicomJson {
  const own = dataSet.elements.x00080005 ? dataSet.string('x00080005') : undefined;
  const context = own === undefined ? outer : { ...outer, characterSet: own };
  const result: DicomJson = {};
  for (const [key, element] of Object.entries(dataSet.elements)) {
    const tag = tagOf(key);
    if (tag === '' || context.without.has(tag)) continue;
    // The text of DICOM JSON is UTF-8, whatever the file's was (PS3.18 F.2.2).
    result[tag] =
      tag === '00080005'
        ? { vr: 'CS', Value: ['ISO_IR 192'] }
        : value(dataSet, key, element, context, `${path}/${tag}`);
  }
  return result;
}

function value(
  dataSet: DataSet,
  key: string,
  element: Element,
  context: Context,
  path: string,
): DicomJsonElement {
  const vr = valueRepresentation(key, element, context);
  if (vr === 'SQ' || element.items) {
    const items = (element.items ?? []).map((item, index) =>
      item.dataSet ? convert(item.dataSet, context, `${path}/${index}`) : {},
    );
    return items.length > 0 ? { vr: 'SQ', Value: items } : { vr: 'SQ' };
  }
  if (element.length === 0) return { vr };
  if (BINARY.has(vr)) return binary(dataSet, element, vr, context.bulk, path);
  if (TEXT.has(vr) && element.length > TEXT_LIMIT) return { vr, BulkDataURI: context.bulk(path) };
  const values = read(dataSet, key, element, vr, context);
  return values.length > 0 ? { vr, Value: values } : { vr };
}

function valueRepresentation(key: string, element: Element, context: Context): string {
  const known = element.vr ?? dictionaryVr(key, context.signed);
  if (!known) return element.items ? 'SQ' : 'UN';
  if (known === 'UN' || known === ODD_VR)
    return unknownAs(dictionaryVr(key, context.signed), context.bigEndian);
  return /^[A-Z]{2}$/.test(known) ? known : 'UN';
}

/**
 * A value whose VR its writer did not know, or that is too long for its own VR's length (PS3.5 6.2.2), is what its tag
 * says, in little endian whatever is around it.
 */
const unknownAs = (vr: string | undefined, bigEndian: boolean): string =>
  vr === undefined || vr === 'SQ' || BINARY.has(vr) || (bigEndian && (vr in numeric || vr === 'AT'))
    ? 'UN'
    : vr;

function binary(
  dataSet: DataSet,
  element: Element,
  vr: string,
  bulk: Context['bulk'],
  path: string,
): DicomJsonElement {
  if (element.length > INLINE_LIMIT || element.fragments) return { vr, BulkDataURI: bulk(path) };
  const bytes = Buffer.from(
    dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length),
  );
  // Inline binary is little endian (PS3.18 F.2.7).
  const size = isBigEndian(dataSet) ? (WORDS[vr] ?? 1) : 1;
  if (bytes.length % size === 0) {
    if (size === 2) bytes.swap16();
    if (size === 4) bytes.swap32();
    if (size === 8) bytes.swap64();
  }
  return { vr, InlineBinary: bytes.toString('base64') };
}

const numeric: Record<
  string,
  { size: number; read: (dataSet: DataSet, key: string, index: number) => number | undefined }
> = {
  US: { size: 2, read: (dataSet, key, index) => dataSet.uint16(key, index) },
  SS: { size: 2, read: (dataSet, key, index) => dataSet.int16(key, index) },
  UL: { size: 4, read: (dataSet, key, index) => dataSet.uint32(key, index) },
  SL: { size: 4, read: (dataSet, key, index) => dataSet.int32(key, index) },
  FL: { size: 4, read: (dataSet, key, index) => dataSet.float(key, index) },
  FD: { size: 8, read: (dataSet, key, index) => dataSet.double(key, index) },
};

/** 64-bit whole numbers, of which JSON's own cannot hold all: those are text (PS3.18 F.2.2). */
function wide(dataSet: DataSet, key: string, index: number, signed: boolean): number | string {
  const halves = [dataSet.uint32(key, 2 * index) ?? 0, dataSet.uint32(key, 2 * index + 1) ?? 0];
  const [low = 0, high = 0] = isBigEndian(dataSet) ? halves.reverse() : halves;
  const all = (BigInt(high) << 32n) | BigInt(low);
  const whole = signed ? BigInt.asIntN(64, all) : all;
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole.toString();
}

const isBigEndian = (dataSet: DataSet): boolean =>
  (dataSet as { byteArrayParser?: unknown }).byteArrayParser === dicomParser.bigEndianByteArrayParser;

function read(dataSet: DataSet, key: string, element: Element, vr: string, context: Context): unknown[] {
  const number = numeric[vr];
  if (number) {
    return Array.from(
      { length: Math.floor(element.length / number.size) },
      (_, index) => number.read(dataSet, key, index) ?? null,
    );
  }
  if (vr === 'SV' || vr === 'UV') {
    return Array.from({ length: Math.floor(element.length / 8) }, (_, index) =>
      wide(dataSet, key, index, vr === 'SV'),
    );
  }
  if (vr === 'AT') {
    return Array.from({ length: Math.floor(element.length / 4) }, (_, index) =>
      [0, 1]
        .map((half) => (dataSet.uint16(key, index * 2 + half) ?? 0).toString(16).padStart(4, '0'))
        .join('')
        .toUpperCase(),
    );
  }
  if (vr === 'DS' || vr === 'IS') return decimals(bytesOf(dataSet, element));
  const text = textOf(dataSet, element, vr, context.characterSet);
  if (SINGLE.has(vr)) return text === '' ? [] : [text];
  const parts = text.split('\\').map((part) => part.trim());
  if (parts.every((part) => part === '')) return [];
  if (vr === 'PN') return parts.map(nameGroups);
  return parts.map((part) => (part === '' ? null : part));
}

/** One for all: to make one takes longer than to decode most values. */
const LATIN1 = new TextDecoder('latin1');

const bytesOf = (dataSet: DataSet, { dataOffset, length }: Element) =>
  dataSet.byteArray.subarray(dataOffset, dataOffset + length);

export function textOf(
  dataSet: DataSet,
  element: Element,
  vr: string,
  characterSet: string | undefined,
): string {
  const bytes = bytesOf(dataSet, element);
  const text = TEXT.has(vr) ? decodeText(bytes, characterSet, vr) : LATIN1.decode(bytes);
  const end = text.indexOf('\0');
  return (end >= 0 ? text.slice(0, end) : text).replace(/ +$/, '');
}
