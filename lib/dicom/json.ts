import dcmjs from 'dcmjs';
import type { DataSet, Element } from 'dicom-parser';
import { decodeText } from './charset.ts';

/** DICOM JSON model (PS3.18 annex F). */
export type DicomJsonElement = {
  vr: string;
  Value?: unknown[];
  BulkDataURI?: string;
  InlineBinary?: string;
};
export type DicomJson = Record<string, DicomJsonElement>;

const dictionary = dcmjs.data.DicomMetaDictionary.dictionary as Record<string, { vr?: string } | undefined>;
const TEXT = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const SINGLE = new Set(['LT', 'ST', 'UT', 'UR']);
const BINARY = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
/** Larger binary values are named, not carried: metadata must stay small. */
const INLINE_LIMIT = 1024;

/**
 * A data set as DICOM JSON. Pixel data is left out; other large binary values become BulkDataURIs.
 * @param bulk makes the URI of a value from its path of tags and item numbers, e.g. `/60003000`
 */
export function toDicomJson(dataSet: DataSet, bulk: (path: string) => string): DicomJson {
  return convert(dataSet, {
    characterSet: undefined,
    signed: dataSet.uint16('x00280103') === 1,
    path: '',
    bulk,
  });
}

type Context = {
  characterSet: string | undefined;
  signed: boolean;
  path: string;
  bulk: (path: string) => string;
};

function convert(dataSet: DataSet, outer: Context): DicomJson {
  const own = dataSet.elements.x00080005 ? dataSet.string('x00080005') : undefined;
  const context = { ...outer, characterSet: own ?? outer.characterSet };
  const result: DicomJson = {};
  for (const [key, element] of Object.entries(dataSet.elements)) {
    const tag = key.slice(1).toUpperCase();
    if (tag.startsWith('0002') || tag.startsWith('FFFE') || tag === '7FE00010') continue;
    if (tag.endsWith('0000')) continue; // group lengths say nothing any more
    result[tag] = value(dataSet, key, element, { ...context, path: `${context.path}/${tag}` });
  }
  return result;
}

function value(dataSet: DataSet, key: string, element: Element, context: Context): DicomJsonElement {
  const vr = valueRepresentation(key, element, context);
  if (vr === 'SQ' || element.items) {
    const items = (element.items ?? []).map((item, index) =>
      item.dataSet ? convert(item.dataSet, { ...context, path: `${context.path}/${index}` }) : {},
    );
    return items.length > 0 ? { vr: 'SQ', Value: items } : { vr: 'SQ' };
  }
  if (element.length === 0) return { vr };
  if (BINARY.has(vr)) return binary(dataSet, element, vr, context);
  const values = read(dataSet, key, element, vr, context);
  return values.length > 0 ? { vr, Value: values } : { vr };
}

function valueRepresentation(key: string, element: Element, context: Context): string {
  const known =
    element.vr ?? dictionary[`(${key.slice(1, 5).toUpperCase()},${key.slice(5).toUpperCase()})`]?.vr;
  if (!known) return element.items ? 'SQ' : 'UN';
  if (known === 'xs') return context.signed ? 'SS' : 'US';
  if (known === 'ox') return 'OW';
  return /^[A-Z]{2}$/.test(known) ? known : 'UN';
}

function binary(dataSet: DataSet, element: Element, vr: string, context: Context): DicomJsonElement {
  if (element.length > INLINE_LIMIT || element.fragments)
    return { vr, BulkDataURI: context.bulk(context.path) };
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  return { vr, InlineBinary: Buffer.from(bytes).toString('base64') };
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

function read(dataSet: DataSet, key: string, element: Element, vr: string, context: Context): unknown[] {
  const number = numeric[vr];
  if (number) {
    return Array.from(
      { length: Math.floor(element.length / number.size) },
      (_, index) => number.read(dataSet, key, index) ?? null,
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
  const text = textOf(dataSet, element, vr, context.characterSet);
  if (SINGLE.has(vr)) return text === '' ? [] : [text];
  const parts = text.split('\\').map((part) => part.trim());
  if (parts.every((part) => part === '')) return [];
  if (vr === 'PN') return parts.map(personName);
  if (vr === 'DS' || vr === 'IS')
    return parts.map((part) => (part === '' || Number.isNaN(Number(part)) ? null : Number(part)));
  return parts.map((part) => (part === '' ? null : part));
}

export function textOf(
  dataSet: DataSet,
  element: Element,
  vr: string,
  characterSet: string | undefined,
): string {
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  const text = TEXT.has(vr) ? decodeText(bytes, characterSet, vr) : new TextDecoder('latin1').decode(bytes);
  const end = text.indexOf('\0');
  return (end >= 0 ? text.slice(0, end) : text).replace(/ +$/, '');
}

function personName(text: string): Record<string, string> {
  const [alphabetic, ideographic, phonetic] = text.split('=');
  return {
    ...(alphabetic && { Alphabetic: alphabetic }),
    ...(ideographic && { Ideographic: ideographic }),
    ...(phonetic && { Phonetic: phonetic }),
  };
}
