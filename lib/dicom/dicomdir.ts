import type { RecordKeys } from './dicomdir-records.ts';
import type { NewElement, NewValue } from './rewrite.ts';
import { UTF8 } from './rewrite-text.ts';
import { concat, encodeHead, encodeItemHead, encodeValue } from './rewrite-value.ts';
import { EXPLICIT_LITTLE_ENDIAN, MEDIA_STORAGE_DIRECTORY } from './uids.ts';
import { fileMeta } from './write-file-meta.ts';

/** One object of a file-set, with the records above it. */
export type DirectoryEntry = {
  patient: RecordKeys;
  study: RecordKeys;
  series: RecordKeys;
  instance: RecordKeys;
  /** Components of the File ID, each up to 8 of A-Z, 0-9 and _ (PS3.10 8.5). */
  fileId: readonly string[];
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
};

type Node = {
  keys: RecordKeys;
  file?: DirectoryEntry;
  children: Map<string, Node>;
  /** Where the record's item begins, in bytes from the file's first. */
  offset: number;
  next: number;
};

const encoding = { explicit: true, bigEndian: false };

/**
 * The DICOMDIR of a file-set (PS3.3 annex F, PS3.10 clause 8): patients, studies, series and objects, each once, in the
 * order in which they come. Text is UTF-8 where it is not ASCII.
 * @param fileSetUid the file-set's own UID
 */
export function makeDicomdir(entries: readonly DirectoryEntry[], fileSetUid: string): Uint8Array {
  const root = makeNode({ type: 'ROOT', elements: [] });
  for (const entry of entries) {
    const patient = child(root, identify(entry.patient, 'x00100020'), entry.patient);
    const study = child(patient, identify(entry.study, 'x0020000d'), entry.study);
    const series = child(study, identify(entry.series, 'x0020000e'), entry.series);
    child(series, entry.sopInstanceUid, entry.instance).file = entry;
  }
  const meta = fileMeta({
    sopClassUid: MEDIA_STORAGE_DIRECTORY,
    sopInstanceUid: fileSetUid,
    transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
  });
  const records = [...walk(root)];
  const opening = (first: number, last: number) =>
    concat([
      encode({ tag: 'x00041130', vr: 'CS', value: 'CONSILIUM' }),
      encode({ tag: 'x00041200', vr: 'UL', value: first }),
      encode({ tag: 'x00041202', vr: 'UL', value: last }),
      encode({ tag: 'x00041212', vr: 'US', value: 0 }),
    ]);
  // Offsets have a fixed length, so that a record's size does not depend on them: sizes first, offsets second.
  const start = meta.length + opening(0, 0).length + 12;
  let at = start;
  for (const record of records) {
    record.offset = at;
    at += encodeRecord(record).length;
  }
  link(root);
  const top = [...root.children.values()];
  const items = concat(records.map(encodeRecord));
  return concat([
    meta,
    opening(top[0]?.offset ?? 0, top.at(-1)?.offset ?? 0),
    encodeHead('x00041220', 'SQ', items.length, encoding),
    items,
  ]);
}

const makeNode = (keys: RecordKeys): Node => ({ keys, children: new Map(), offset: 0, next: 0 });

const identify = ({ elements }: RecordKeys, tag: string): string =>
  String(elements.find((element) => element.tag === tag)?.value ?? '');

function child(parent: Node, id: string, keys: RecordKeys): Node {
  const known = parent.children.get(id);
  if (known) return known;
  const made = makeNode(keys);
  parent.children.set(id, made);
  return made;
}

function* walk(node: Node): Generator<Node> {
  for (const one of node.children.values()) {
    yield one;
    yield* walk(one);
  }
}

function link(node: Node): void {
  const children = [...node.children.values()];
  children.forEach((one, index) => {
    one.next = children[index + 1]?.offset ?? 0;
    link(one);
  });
}

function encodeRecord({ keys, file, children, next }: Node): Uint8Array {
  const [first] = children.values();
  const elements: NewElement[] = [
    { tag: 'x00041400', vr: 'UL', value: next },
    { tag: 'x00041410', vr: 'US', value: 0xffff },
    { tag: 'x00041420', vr: 'UL', value: first?.offset ?? 0 },
    { tag: 'x00041430', vr: 'CS', value: keys.type },
    ...(file
      ? [
          { tag: 'x00041500', vr: 'CS', value: file.fileId },
          { tag: 'x00041510', vr: 'UI', value: file.sopClassUid },
          { tag: 'x00041511', vr: 'UI', value: file.sopInstanceUid },
          { tag: 'x00041512', vr: 'UI', value: file.transferSyntaxUid },
        ]
      : []),
    ...(isAscii(keys.elements) ? [] : [{ tag: 'x00080005', vr: 'CS', value: UTF8 }]),
    ...keys.elements,
  ];
  elements.sort((a, b) => (a.tag < b.tag ? -1 : 1));
  const content = concat(elements.map(encode));
  return concat([encodeItemHead('xfffee000', content.length, encoding), content]);
}

function encode({ tag, vr, value }: NewElement): Uint8Array {
  const bytes = isItems(value)
    ? concat(
        value.map(({ elements }) => {
          const content = concat(elements.map(encode));
          return concat([encodeItemHead('xfffee000', content.length, encoding), content]);
        }),
      )
    : encodeValue(vr, value, encoding, (text) => new TextEncoder().encode(text));
  return concat([encodeHead(tag, vr, bytes.length, encoding), bytes]);
}

const isItems = (value: NewValue): value is readonly { elements: readonly NewElement[] }[] =>
  Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object');

/** Whether nothing in the elements needs a character set. */
const isAscii = (elements: readonly NewElement[]): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins there
  /^[\x00-\x7f]*$/.test(JSON.stringify(elements));
