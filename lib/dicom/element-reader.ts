import dicomParser, { type DataSet, type Element } from 'dicom-parser';
import { DataSetClass } from './data-set-class.ts';
import { dictionaryVr } from './dictionary.ts';
import { named, tagName, VR_NAMES } from './element-names.ts';
import type { Encoding } from './encoding.ts';
import { DicomError } from './errors.ts';
import { longVrs } from './long-vrs.ts';
import { ODD_VR, OddEncoding } from './odd-encoding.ts';

/** How deep sequences may be nested; real structured reports reach about 20. */
export const MAX_DEPTH = 100;
/** Elements and fragments of one header, an item as two: a structure set of a hundred thousand contours stays below. */
export const MAX_ELEMENTS = 1_200_000;

const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const BYTES = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW']);

type Item = NonNullable<Element['items']>[number];

type Bounds = { end: number | undefined; limit: number; explicit: boolean };
/**
 * A data set, or the item of a sequence, that is being read. `end` is where it ends, where it says so; `limit` where
 * that which is around it does.
 */
type DataSetFrame = Bounds & { dataSet: DataSet; item: Item | undefined; sequence?: undefined };
/** `unknown`: it came as UN, and if its bytes are no items after all, bytes they stay. */
type SequenceFrame = Bounds & { sequence: Element; items: Item[]; unknown: boolean };
type Frame = DataSetFrame | SequenceFrame;

/**
 * Reads elements (PS3.5 7) into dicom-parser's data sets, with a stack of its own: nesting, the number of elements and
 * so time and memory are bounded, every length is checked against what is around it, and a tag that stands twice with
 * two values is refused. Values are not touched. `run` can be called with a budget, again and again, so that a large
 * header does not hold up a server.
 */
export class ElementReader {
  readonly dataSet: DataSet;
  position: number;
  private readonly view: DataView;
  private readonly little: boolean;
  private readonly odd: OddEncoding;
  private readonly stack: Frame[];
  private count = 0;

  /** @param untilTag reading stops behind the head of this element of the outermost data set */
  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    { explicit, bigEndian }: Encoding,
    private readonly untilTag?: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = !bigEndian;
    this.odd = new OddEncoding(this.view, this.little);
    this.position = start;
    this.dataSet = this.newDataSet();
    this.stack = [
      { end: bytes.length, limit: bytes.length, explicit, dataSet: this.dataSet, item: undefined },
    ];
  }

  /**
   * Reads at most `budget` elements and items; true when all is read.
   * @throws DicomError `dicom_truncated`, `dicom_unreadable`, `dicom_ambiguous`
   */
  run(budget = Number.POSITIVE_INFINITY): boolean {
    for (let left = budget; left > 0; left--) {
      const frame = this.stack.at(-1);
      if (!frame) return true;
      try {
        if (frame.sequence) this.readItem(frame);
        else this.readElement(frame);
      } catch (error) {
        this.leaveAsBytes(error);
      }
    }
    return this.stack.length === 0;
  }

  /** What came as UN and cannot be read as a sequence is what it was called: unknown. All else is refused. */
  private leaveAsBytes(error: unknown): void {
    const at = this.stack.findLastIndex((frame) => frame.sequence && frame.unknown);
    const frame = this.stack[at];
    const isUnreadable = error instanceof DicomError && error.code !== 'dicom_ambiguous';
    if (!isUnreadable || !frame?.sequence || this.count > MAX_ELEMENTS) throw error;
    delete frame.sequence.items;
    this.position = frame.limit;
    this.stack.length = at;
  }

  private newDataSet(): DataSet {
    const parser = this.little
      ? dicomParser.littleEndianByteArrayParser
      : dicomParser.bigEndianByteArrayParser;
    return new DataSetClass(parser, this.bytes, {});
  }

  private readElement(frame: DataSetFrame): void {
    if (this.ended(frame)) return;
    const start = this.position;
    this.need(8);
    const tag = this.tag();
    if (tag === ITEM_END && frame.item && frame.end === undefined) {
      this.position += 4;
      frame.item.length = this.position - frame.item.dataOffset;
      this.stack.pop();
      return;
    }
    if (tag === 0 && this.stack.length === 1 && this.isPadding(start)) {
      this.stack.length = 0;
      return;
    }
    if (tag >>> 16 === 0xfffe) throw new DicomError('dicom_unreadable', `${named(tag)} out of its place`);
    const element = this.readHead(tag, frame.explicit);
    this.put(frame.dataSet, element, tag);
    if (tag === this.untilTag && this.stack.length === 1) this.stack.length = 0;
    else this.readValue(element, tag, frame);
  }

  private readHead(tag: number, explicit: boolean): Element {
    const name = tagName(tag);
    if (!explicit) {
      const length = this.uint32();
      return head(name, undefined, length, this.position);
    }
    const vr = VR_NAMES[(this.byte(0) << 8) | this.byte(1)];
    if (vr === undefined) return this.readOddHead(tag, name);
    this.position += 2;
    if (!longVrs.has(vr)) {
      const length = this.view.getUint16(this.position, this.little);
      this.position += 2;
      return head(name, vr, length, this.position);
    }
    this.position += 2;
    this.need(4);
    const length = this.uint32();
    return head(name, vr, length, this.position);
  }

  /** Whoever wrote it did not know its VR: neither do we. */
  private readOddHead(tag: number, name: string): Element {
    // Group 0 has no place here: these are nulls where something else should stand.
    if (tag >>> 16 === 0 || !this.odd.isOddVr(this.position))
      throw new DicomError('dicom_unreadable', `${named(tag)} has no VR`);
    if (this.odd.hasShortLength(this.position, tag)) {
      const length = this.view.getUint16(this.position + 2, this.little);
      this.position += 4;
      return head(name, ODD_VR, length, this.position);
    }
    this.position += 4;
    this.need(4);
    const length = this.uint32();
    return head(name, 'UN', length, this.position);
  }

  private readValue(element: Element, tag: number, frame: Frame): void {
    const { length, vr } = element;
    if (length === UNDEFINED_LENGTH) {
      element.hadUndefinedLength = true;
      if (vr === 'SQ' || vr === 'UN' || (vr === undefined && tag !== PIXEL_DATA))
        // UN of undefined length holds implicit VR, whatever is around it (PS3.5 6.2.2 note 5).
        this.enter(element, undefined, frame.limit, frame.explicit && vr === 'SQ');
      else if (vr === undefined || BYTES.has(vr)) this.readFragments(element, tag);
      else throw new DicomError('dicom_unreadable', `${named(tag)}: ${vr} of undefined length`);
      return;
    }
    const end = element.dataOffset + length;
    this.fits(end, frame, tag);
    if (vr === 'SQ' || (vr === undefined && this.looksLikeSequence(element, tag)))
      this.enter(element, end, end, frame.explicit);
    // A sequence whose writer did not know it: implicit little endian (PS3.5 6.2.2).
    else if (
      vr === 'UN' &&
      this.little &&
      dictionaryVr(element.tag) === 'SQ' &&
      length >= 8 &&
      this.peek() === ITEM
    )
      this.enter(element, end, end, false, true);
    else this.position = end;
  }

  /** Implicit VR does not say that something is a sequence: its first item does, unless PS3.6 knows better. */
  private looksLikeSequence({ length, tag: name }: Element, tag: number): boolean {
    if (length < 8 || tag & 0x10000 || this.peek() !== ITEM) return false;
    const known = dictionaryVr(name);
    return known === undefined || known === 'SQ' || known === 'UN';
  }

  private enter(
    sequence: Element,
    end: number | undefined,
    limit: number,
    explicit: boolean,
    unknown = false,
  ): void {
    if (this.stack.length > 2 * MAX_DEPTH) throw new DicomError('dicom_unreadable', 'nested too deeply');
    const items: Item[] = [];
    sequence.items = items;
    this.stack.push({ sequence, items, end, limit, explicit, unknown });
  }

  private readItem(frame: SequenceFrame): void {
    if (this.ended(frame)) return;
    this.need(8);
    const tag = this.tag();
    const length = this.uint32();
    if (tag === SEQUENCE_END && frame.end === undefined) {
      frame.sequence.length = this.position - 8 - frame.sequence.dataOffset;
      this.stack.pop();
      return;
    }
    if (tag !== ITEM)
      throw new DicomError('dicom_unreadable', `${frame.sequence.tag}: ${named(tag)} instead of an item`);
    // It takes the memory of several elements.
    this.count += 1;
    this.countOne();
    const dataSet = this.newDataSet();
    const item: Item = { tag: 'xfffee000', length, dataOffset: this.position, dataSet } as Item;
    frame.items.push(item);
    const open = length === UNDEFINED_LENGTH;
    if (open) item.hadUndefinedLength = true;
    const end = open ? undefined : this.position + length;
    if (end !== undefined) this.fits(end, frame, tag);
    const limit = end ?? frame.limit;
    const explicit = frame.explicit && !this.odd.startsImplicit(this.position, limit);
    this.stack.push({ end, limit, explicit, dataSet, item });
  }

  /** Encapsulated bytes within the header: an icon's pixels, PS3.5 A.4. */
  private readFragments(element: Element, tag: number): void {
    const fragments: NonNullable<Element['fragments']> = [];
    let base: number | undefined;
    for (;;) {
      this.need(8);
      const item = this.tag();
      const length = this.uint32();
      if (item === SEQUENCE_END) break;
      if (item !== ITEM || length === UNDEFINED_LENGTH)
        throw new DicomError('dicom_unreadable', `${named(tag)}: ${named(item)} instead of a fragment`);
      this.countOne();
      const position = this.position;
      if (base !== undefined) fragments.push({ offset: position - 8 - base, position, length });
      this.position += length;
      base ??= this.position;
    }
    element.fragments = fragments;
    element.encapsulatedPixelData = true;
    element.basicOffsetTable = [];
    element.length = this.position - element.dataOffset;
  }

  /** The same tag with the same value again says nothing new; with another one, nobody knows which is meant. */
  private put(dataSet: DataSet, element: Element, tag: number): void {
    this.countOne();
    const before = dataSet.elements[element.tag];
    if (before && tag & 0xffff && !this.sameBytes(before, element))
      throw new DicomError('dicom_ambiguous', `${named(tag)} stands twice, with two values`);
    dataSet.elements[element.tag] = element;
  }

  private sameBytes(a: Element, b: Element): boolean {
    if (a.length !== b.length || a.hadUndefinedLength || b.length === UNDEFINED_LENGTH) return false;
    if (b.dataOffset + b.length > this.bytes.length) return true; // cut: said where the value is read
    for (let at = 0; at < a.length; at++)
      if (this.bytes[a.dataOffset + at] !== this.bytes[b.dataOffset + at]) return false;
    return true;
  }

  private countOne(): void {
    if (++this.count > MAX_ELEMENTS) throw new DicomError('dicom_unreadable', 'too many elements');
  }

  /** A value may not reach over the end of what it is in. */
  private fits(end: number, frame: Frame, tag: number): void {
    if (end > this.bytes.length) throw new DicomError('dicom_truncated', `ends within ${named(tag)}`);
    if (end > frame.limit)
      throw new DicomError('dicom_unreadable', `${named(tag)} is longer than what it stands in`);
  }

  /** Leaves a frame that is all read; one without its delimiter ends with what is around it. */
  private ended(frame: Frame): boolean {
    if (this.position > frame.limit || (frame.end === undefined && this.position === frame.limit)) {
      if (frame.limit === this.bytes.length)
        throw new DicomError('dicom_truncated', 'ends within a sequence');
      throw new DicomError('dicom_unreadable', 'a sequence is longer than what it stands in');
    }
    if (this.position !== frame.end) return false;
    this.stack.pop();
    return true;
  }

  private need(length: number): void {
    if (this.position + length > this.bytes.length)
      throw new DicomError(
        'dicom_truncated',
        this.stack.length > 1 ? 'ends within a sequence' : 'ends within an element',
      );
  }

  private isPadding(from: number): boolean {
    for (let at = from; at < this.bytes.length; at++) if (this.bytes[at] !== 0) return false;
    return true;
  }

  private tag(): number {
    const tag = this.peek();
    this.position += 4;
    return tag;
  }

  private peek(): number {
    const group = this.view.getUint16(this.position, this.little);
    return ((group << 16) | this.view.getUint16(this.position + 2, this.little)) >>> 0;
  }

  private uint32(): number {
    const value = this.view.getUint32(this.position, this.little);
    this.position += 4;
    return value;
  }

  private byte(offset: number): number {
    return this.bytes[this.position + offset] ?? 0;
  }
}

const PIXEL_DATA = 0x7fe00010;

const head = (tag: string, vr: string | undefined, length: number, dataOffset: number): Element =>
  ({ tag, vr, length, dataOffset }) as Element;
