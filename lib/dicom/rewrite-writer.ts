import type { DataSet, Element } from 'dicom-parser';
import { decodeText } from './charset.ts';
import { dictionaryVr } from './dictionary.ts';
import type { Encoding } from './encoding.ts';
import { DicomError } from './errors.ts';
import { ODD_VR } from './odd-encoding.ts';
import { PIXEL_DATA } from './parse-header.ts';
import type { Edit, Edits, ElementView, NewElement, NewItem, NewValue } from './rewrite-edits.ts';
import { CHARACTER_SET_VRS, encodeText, isPlainAscii, UTF8 } from './rewrite-text.ts';
import {
  concat,
  encodeHead,
  encodeItemHead,
  encodeValue,
  headLength,
  UNDEFINED_LENGTH,
} from './rewrite-value.ts';

type Context = {
  encoding: Encoding;
  characterSet: string | undefined;
  path: readonly string[];
  utf8: boolean;
};

/** Writes data sets with their edits, in the encoding they are in. */
export class EditedWriter {
  textDidNotFit = false;
  /** Edit functions are asked once, also when all is written a second time. */
  private readonly asked = new Map<Element, Edit>();
  private readonly adds = new Map<DataSet, readonly NewElement[]>();

  constructor(private readonly edits: Edits) {}

  /** The value that a UID of the object has now. */
  uid(dataSet: DataSet, tag: string): string {
    const added = this.addsOf(dataSet, []).find((element) => element.tag === tag)?.value;
    const element = dataSet.elements[tag];
    const edit = element ? this.asked.get(element) : undefined;
    const value =
      added ?? (typeof edit === 'object' ? edit.value : edit === 'remove' ? '' : dataSet.string(tag));
    return typeof value === 'string' ? value.trim() : '';
  }

  /** A data set's bytes, elements in their order, added ones before the first with a greater tag. */
  dataSet(
    dataSet: DataSet,
    context: Context,
    wanted: (tag: string) => boolean,
    kept: (tag: string) => boolean = wanted,
  ): Uint8Array {
    return concat(this.parts(dataSet, context, wanted, kept).parts);
  }

  /** What follows the pixel data: what stood there, and what is to be added to the object there. */
  trailing(main: DataSet, trailing: DataSet | undefined, context: Context): Uint8Array {
    const adds = this.addsOf(main, []).filter(({ tag }) => tag > PIXEL_DATA);
    if (!trailing) return concat(adds.map((element) => this.newElement(element, context)));
    this.adds.set(trailing, adds);
    return this.dataSet(trailing, context, (tag) => tag > PIXEL_DATA);
  }

  private addsOf(dataSet: DataSet, path: readonly string[]): readonly NewElement[] {
    const known = this.adds.get(dataSet);
    if (known) return known;
    const adds = [...(this.edits.add?.(dataSet, path) ?? [])].sort((a, b) => (a.tag < b.tag ? -1 : 1));
    this.adds.set(dataSet, adds);
    return adds;
  }

  /** @param wanted of what is added, @param kept of what is there */
  private parts(
    dataSet: DataSet,
    outer: Context,
    wanted: (tag: string) => boolean,
    kept: (tag: string) => boolean = wanted,
  ) {
    const own = dataSet.elements.x00080005 ? dataSet.string('x00080005') : undefined;
    const context = { ...outer, characterSet: own ?? outer.characterSet };
    const adds = [...this.addsOf(dataSet, context.path)].filter(({ tag }) => wanted(tag));
    const top = context.path.length === 0 && wanted('x00080005');
    if (context.utf8 && top && !dataSet.elements.x00080005)
      adds.push({ tag: 'x00080005', vr: 'CS', value: UTF8 });
    adds.sort((a, b) => (a.tag < b.tag ? -1 : 1));
    const replaced = new Set(adds.map(({ tag }) => tag));
    const parts: Uint8Array[] = [];
    let changed = adds.length > 0;
    for (const [tag, element] of Object.entries(dataSet.elements)) {
      if (tag.startsWith('xfffee0') || tag.startsWith('x0002') || !kept(tag)) continue;
      if (tag.endsWith('0000') || replaced.has(tag)) {
        changed = true;
        continue;
      }
      while (adds[0] && adds[0].tag < tag) parts.push(this.newElement(adds.shift() as NewElement, context));
      const raw = rawBytes(dataSet, element, context.encoding);
      const bytes = this.element(dataSet, element, context, raw);
      changed ||= bytes !== raw;
      if (bytes) parts.push(bytes);
    }
    parts.push(...adds.map((element) => this.newElement(element, context)));
    return { parts, changed };
  }

  /** The element's bytes now: `raw` itself when nothing changed, undefined when it goes. */
  private element(
    dataSet: DataSet,
    element: Element,
    context: Context,
    raw: Uint8Array,
  ): Uint8Array | undefined {
    const { tag } = element;
    if (tag === 'x00080005')
      return context.utf8 ? this.newElement({ tag, vr: 'CS', value: UTF8 }, context) : raw;
    if (tag === PIXEL_DATA) return raw; // an icon's; the object's own is never in the header
    const view = viewOf(dataSet, element, context);
    let edit = this.asked.get(element);
    if (edit === undefined) {
      edit = this.edits.element?.(view) ?? 'keep';
      this.asked.set(element, edit);
    }
    if (edit === 'remove') return undefined;
    if (edit !== 'keep') return this.newElement({ tag, vr: edit.vr ?? view.vr, value: edit.value }, context);
    if (isWalkable(element, view.vr)) return this.sequence(element, view.vr, context) ?? raw;
    if (context.utf8 && CHARACTER_SET_VRS.has(view.vr) && !isPlainAscii(view.bytes))
      return this.newElement({ tag, vr: view.vr, value: view.text() }, context);
    return raw;
  }

  /** A sequence written anew, each length as it was defined or not; undefined when nothing in it changed. */
  private sequence(element: Element, own: string, context: Context): Uint8Array | undefined {
    // UN holds implicit little endian, whatever is around it (PS3.5 6.2.2 note 5).
    const around = element.vr === 'UN' ? { ...context.encoding, explicit: false } : context.encoding;
    let changed = false;
    let implicit = around.explicit;
    const items = (element.items ?? []).flatMap((item) => {
      if (!item.dataSet) return [];
      const isImplicit = !around.explicit || hasNoVrs(item.dataSet);
      implicit &&= isImplicit;
      const encoding = { ...around, explicit: !isImplicit };
      const inner = { ...context, encoding, path: [...context.path, element.tag] };
      const content = this.parts(item.dataSet, inner, () => true);
      changed ||= content.changed;
      const bytes = concat(content.parts);
      return item.hadUndefinedLength
        ? [
            encodeItemHead('xfffee000', UNDEFINED_LENGTH, encoding),
            bytes,
            encodeItemHead('xfffee00d', 0, encoding),
          ]
        : [encodeItemHead('xfffee000', bytes.length, encoding), bytes];
    });
    if (!changed) return undefined;
    const value = concat(items);
    // Items in implicit VR where explicit is due: as UN of undefined length they may be so, and are read by everybody.
    const asUnknown = implicit && items.length > 0 && !context.encoding.bigEndian;
    const vr = asUnknown ? 'UN' : own;
    if (!element.hadUndefinedLength && !asUnknown)
      return concat([encodeHead(element.tag, vr, value.length, context.encoding), value]);
    return concat([
      encodeHead(element.tag, vr, UNDEFINED_LENGTH, context.encoding),
      value,
      encodeItemHead('xfffee0dd', 0, context.encoding),
    ]);
  }

  private newElement({ tag, vr, value }: NewElement, context: Context): Uint8Array {
    const { encoding } = context;
    const bytes = isItems(value)
      ? concat(
          value.flatMap(({ elements }) => {
            const content = concat(
              [...elements]
                .sort((a, b) => (a.tag < b.tag ? -1 : 1))
                .map((element) => this.newElement(element, context)),
            );
            return [encodeItemHead('xfffee000', content.length, encoding), content];
          }),
        )
      : encodeValue(vr, value, encoding, (text) => this.text(text, vr, context));
    return concat([encodeHead(tag, vr, bytes.length, encoding), bytes]);
  }

  private text(text: string, vr: string, context: Context): Uint8Array {
    const characterSet = context.utf8 ? UTF8 : CHARACTER_SET_VRS.has(vr) ? context.characterSet : undefined;
    const bytes = encodeText(text, characterSet);
    if (bytes) return bytes;
    this.textDidNotFit = true;
    return new TextEncoder().encode(text);
  }
}

const isItems = (value: NewValue): value is readonly NewItem[] =>
  Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object');

/** In implicit VR the parser takes a value that begins like an item for a sequence; PS3.6 knows better. */
const isWalkable = (element: Element, vr: string): boolean =>
  element.items !== undefined && (vr === 'SQ' || vr === 'UN');

/** An item in implicit VR, whatever is around it. */
const hasNoVrs = ({ elements }: DataSet): boolean => {
  const [first] = Object.values(elements);
  return first !== undefined && first.vr === undefined;
};

function viewOf(dataSet: DataSet, element: Element, context: Context): ElementView {
  const named = element.vr === ODD_VR ? 'UN' : element.vr;
  const vr = named ?? dictionaryVr(element.tag) ?? (element.items ? 'SQ' : 'UN');
  const bytes = dataSet.byteArray.subarray(
    element.dataOffset,
    element.dataOffset + element.length,
  ) as Uint8Array;
  return {
    tag: element.tag,
    vr,
    path: context.path,
    bytes,
    dataSet,
    element,
    text: () =>
      (CHARACTER_SET_VRS.has(vr)
        ? decodeText(bytes, context.characterSet, vr)
        : new TextDecoder('latin1').decode(bytes)
      ).replace(/[\0 ]+$/, ''),
  };
}

/** An element as it lies in the file, from its tag to the end of its value and delimiter. */
function rawBytes(dataSet: DataSet, element: Element, encoding: Encoding): Uint8Array {
  const { byteArray, byteArrayParser } = dataSet;
  const tagAt = (at: number) =>
    `x${[at, at + 2]
      .map((place) => byteArrayParser.readUint16(byteArray, place).toString(16).padStart(4, '0'))
      .join('')}`;
  const start = element.dataOffset - headLength(element.vr, encoding);
  let end = element.dataOffset + element.length;
  const delimited = element.hadUndefinedLength && end + 8 <= byteArray.length && tagAt(end) === 'xfffee0dd';
  if (delimited) end += 8;
  if (start < 0 || end > byteArray.length || tagAt(start) !== element.tag)
    throw new DicomError('dicom_unreadable', `${element.tag} is not where it was read`);
  return byteArray.subarray(start, end) as Uint8Array;
}
