import type { DataSet, Element } from 'dicom-parser';
import { dictionaryVr } from './dictionary.ts';
import { ODD_VR } from './odd-encoding.ts';
import { type ParsedHeader, PIXEL_DATA } from './parse-header.ts';

const TEXT = new Set('AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT'.split(' '));
const DATA_SET_PADDING = 'xfffcfffc';

/**
 * Whether two headers of one SOP instance say the same, value for value. How a file is put together says nothing: the
 * file meta group, group lengths, data set padding, defined or undefined lengths, explicit or implicit VR, and the
 * padding of values (PS3.5 6.2). Two byte orders differ, unless no value has one. The pixel data is the caller's.
 */
export const sameContent = (a: ParsedHeader, b: ParsedHeader): boolean =>
  differences(a, b).next().done === true;

/** Where two headers differ, as paths of tags and item numbers: `x00100010`, `x30060039/0/x30060040`. */
export const differences = (a: ParsedHeader, b: ParsedHeader): Generator<string> =>
  dataSets(a.dataSet, b.dataSet, '');

function* dataSets(a: DataSet, b: DataSet, path: string): Generator<string> {
  for (const [tag, element] of Object.entries(a.elements)) {
    if (!counts(tag, path)) continue;
    const other = b.elements[tag];
    if (other) yield* elements(a, element, b, other, path + tag);
    else yield path + tag;
  }
  for (const tag of Object.keys(b.elements)) if (counts(tag, path) && !a.elements[tag]) yield path + tag;
}

const counts = (tag: string, path: string): boolean =>
  !tag.startsWith('x0002') &&
  !tag.startsWith('xfffee0') &&
  !tag.endsWith('0000') &&
  tag !== DATA_SET_PADDING &&
  !(path === '' && tag === PIXEL_DATA);

function* elements(a: DataSet, one: Element, b: DataSet, other: Element, path: string): Generator<string> {
  if (one.items || other.items) {
    yield* items(one, other, path);
    return;
  }
  const vr = commonVr(one, other);
  if (vr === undefined || !sameValue(rawValue(a, one), rawValue(b, other), vr)) yield path;
}

function* items(one: Element, other: Element, path: string): Generator<string> {
  // An empty sequence in implicit VR does not look like one.
  const [mine, theirs] = [one.items ?? [], other.items ?? []];
  const readable = (one.items || one.length === 0) && (other.items || other.length === 0);
  if (!readable || mine.length !== theirs.length) {
    yield path;
    return;
  }
  for (const [index, item] of mine.entries()) {
    const [a, b] = [item.dataSet, theirs[index]?.dataSet];
    if (a && b) yield* dataSets(a, b, `${path}/${index}/`);
    else if (a || b) yield `${path}/${index}`;
  }
}

/** Implicit VR and UN leave it to the other file, then to PS3.6; two that are written and differ have none in common. */
function commonVr(one: Element, other: Element): string | undefined {
  const [mine, theirs] = [one, other].map(({ vr }) => (vr === 'UN' || vr === ODD_VR ? undefined : vr));
  if (mine && theirs && mine !== theirs) return undefined;
  return mine ?? theirs ?? dictionaryVr(one.tag) ?? 'UN';
}

const rawValue = ({ byteArray }: DataSet, { dataOffset, length }: Element): Uint8Array =>
  byteArray.subarray(dataOffset, dataOffset + length) as Uint8Array;

/** Text is padded with spaces (UIDs and some writers: nulls), bytes of odd length with one null. */
function sameValue(a: Uint8Array, b: Uint8Array, vr: string): boolean {
  const end = TEXT.has(vr) ? endOfText : endOfBytes;
  const length = end(a, b);
  if (length !== end(b, a)) return false;
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function endOfText(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end--;
  return end;
}

const endOfBytes = (bytes: Uint8Array, other: Uint8Array): number =>
  bytes.length === other.length + 1 && bytes.length % 2 === 0 && bytes.at(-1) === 0
    ? other.length
    : bytes.length;
