import type { DataSet } from 'dicom-parser';
import { decodeText } from './charset.ts';
import { dictionaryVr } from './dictionary.ts';
import type { NewElement, NewItem } from './rewrite.ts';
import { CHARACTER_SET_VRS } from './rewrite-text.ts';

/** What a directory record says of its object, without where it stands: its type and its keys (PS3.3 F.5). */
export type RecordKeys = { type: string; elements: NewElement[] };

const DATES = ['x00080023', 'x00080033'];
const CONTENT = ['x00700080', 'x00700081', 'x00700084'];
/** Directory record type by SOP class (PS3.3 table F.4-1), the part after the storage root. */
const types: readonly (readonly [pattern: RegExp, type: string, keys: readonly string[]])[] = [
  [/^481\.2$/, 'RT DOSE', ['x3004000a']],
  [/^481\.3$/, 'RT STRUCTURE SET', ['x30060002', 'x30060008', 'x30060009']],
  [/^481\.(5|8)$/, 'RT PLAN', ['x300a0002', 'x300a0006', 'x300a0007']],
  [/^481\.(4|6|7|9)$/, 'RT TREAT RECORD', ['x30080250', 'x30080251']],
  [/^11\./, 'PRESENTATION', ['x00700082', 'x00700083', 'x00081115', ...CONTENT]],
  [/^9\./, 'WAVEFORM', DATES],
  [/^88\.59$/, 'KEY OBJECT DOC', [...DATES, 'x0040a043']],
  [/^88\./, 'SR DOCUMENT', ['x0040a491', 'x0040a493', ...DATES, 'x0040a043']],
  [/^66\.[13]$/, 'REGISTRATION', [...DATES, ...CONTENT]],
  [/^66\.2$/, 'FIDUCIAL', [...DATES, ...CONTENT]],
  [/^66\.5$/, 'SURFACE', DATES],
  [/^67$/, 'VALUE MAP', [...DATES, ...CONTENT]],
  [/^66$/, 'RAW DATA', DATES],
  [/^104\.[12]$/, 'ENCAP DOC', [...DATES, 'x00420010', 'x0040a043', 'x00420012']],
];
const STORAGE = '1.2.840.10008.5.1.4.1.1.';
/** What stands for a value that a record must have and the object has not (type 1 keys). */
const defaults: Readonly<Record<string, string>> = {
  x00080020: '19000101',
  x00080030: '000000',
  x00080023: '19000101',
  x00080033: '000000',
  x00700082: '19000101',
  x00700083: '000000',
  x00080060: 'OT',
  x00100020: 'UNKNOWN',
  x00200010: '0',
  x00200011: '0',
  x00200013: '0',
  x00700080: 'UNNAMED',
  x30060002: 'UNNAMED',
  x300a0002: 'UNNAMED',
  x3004000a: 'PLAN',
  x0040a491: 'PARTIAL',
  x0040a493: 'UNVERIFIED',
  x00420012: 'application/octet-stream',
};

export const patientKeys = (dataSet: DataSet): RecordKeys =>
  record('PATIENT', dataSet, ['x00100010', 'x00100020']);

export const studyKeys = (dataSet: DataSet): RecordKeys =>
  record('STUDY', dataSet, ['x00080020', 'x00080030', 'x00080050', 'x00081030', 'x0020000d', 'x00200010']);

export const seriesKeys = (dataSet: DataSet): RecordKeys =>
  record('SERIES', dataSet, ['x00080060', 'x0020000e', 'x00200011']);

/** @param hasPixels decides for a class that is not of the table: pictures are images, the rest is private */
export function instanceKeys(dataSet: DataSet, sopClassUid: string, hasPixels: boolean): RecordKeys {
  const kind = sopClassUid.startsWith(STORAGE) ? sopClassUid.slice(STORAGE.length) : '';
  const found = types.find(([pattern]) => pattern.test(kind));
  if (found) return record(found[1], dataSet, [...found[2], 'x00200013']);
  if (hasPixels) return record('IMAGE', dataSet, ['x00200013']);
  return { type: 'PRIVATE', elements: [{ tag: 'x00041432', vr: 'UI', value: sopClassUid }] };
}

function record(type: string, dataSet: DataSet, tags: readonly string[]): RecordKeys {
  const elements = tags.map((tag): NewElement => {
    const vr = dictionaryVr(tag) ?? 'UN';
    if (vr === 'SQ') return { tag, vr, value: copyItems(dataSet, tag) };
    return { tag, vr, value: textOf(dataSet, tag, vr) || (defaults[tag] ?? '') };
  });
  return { type, elements };
}

/** Codes and references, of items too, and nothing else: a directory shows what a document is, not more. */
const COPIED = ['x00080100', 'x00080102', 'x00080104', 'x00081140', 'x00081150', 'x00081155', 'x0020000e'];

function copyItems(dataSet: DataSet, tag: string, outer?: string): NewItem[] {
  const characterSet = dataSet.string('x00080005') ?? outer;
  return (dataSet.elements[tag]?.items ?? []).map(({ dataSet: item }) => ({
    elements: COPIED.flatMap((key): NewElement[] => {
      if (!item?.elements[key]) return [];
      const vr = dictionaryVr(key) ?? 'UN';
      const value = vr === 'SQ' ? copyItems(item, key, characterSet) : textOf(item, key, vr, characterSet);
      return [{ tag: key, vr, value }];
    }),
  }));
}

function textOf(dataSet: DataSet, tag: string, vr: string, outer?: string): string {
  const element = dataSet.elements[tag];
  if (!element || element.length === 0) return '';
  const bytes = dataSet.byteArray.subarray(
    element.dataOffset,
    element.dataOffset + element.length,
  ) as Uint8Array;
  const characterSet = dataSet.string('x00080005') ?? outer;
  const text = CHARACTER_SET_VRS.has(vr)
    ? decodeText(bytes, characterSet, vr)
    : new TextDecoder('latin1').decode(bytes);
  return text.replace(/[\0 ]+$/, '').trimStart();
}
