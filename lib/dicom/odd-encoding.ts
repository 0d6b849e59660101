/** What some programs write where a VR belongs, when they do not know it; also what two nulls are called here. */
export const ODD_VR = '??';

const ITEM_GROUP = 0xfffe;
const ITEM = 0xfffee000;
const UNDEFINED_LENGTH = 0xffffffff;
const KNOWN = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'.split(
    ' ',
  ),
);

/** Elements in explicit VR that do not follow PS3.5 7.1.2: looked at in place, never past `limit`. */
export class OddEncoding {
  constructor(
    private readonly view: DataView,
    private readonly little: boolean,
  ) {}

  /** Question marks or nulls instead of a VR. */
  isOddVr(at: number): boolean {
    const [first, second] = [this.byte(at), this.byte(at + 1)];
    return first === second && (first === 0x3f || first === 0);
  }

  /**
   * Behind an odd VR the length has 32 bits after two reserved bytes, as UN has it; or 16, as most VRs have it, which
   * these bytes then are. Where they are zero, an empty value is followed by the next element at once.
   * @param at of the VR
   */
  hasShortLength(at: number, tag: number): boolean {
    if (this.view.getUint16(at + 2, this.little) !== 0) return true;
    const next = at + 4;
    return next + 8 <= this.view.byteLength && this.tag(next) > tag && KNOWN.has(this.vr(next + 4));
  }

  /**
   * Whether the item that begins here is written in implicit VR, though what is around it is explicit: no VR where its
   * first one would be, and a length that leads to what may follow.
   */
  startsImplicit(at: number, limit: number): boolean {
    if (at + 8 > limit || this.tag(at) >>> 16 === ITEM_GROUP) return false;
    if (isCapital(this.byte(at + 4)) && isCapital(this.byte(at + 5))) return false;
    if (this.byte(at + 4) === 0x3f && this.byte(at + 5) === 0x3f) return false;
    const isLong = this.isOddVr(at + 4) && at + 12 <= limit;
    if (isLong && this.follows(at, at + 12 + this.uint32(at + 8), limit)) return false;
    const length = this.uint32(at + 4);
    if (length === UNDEFINED_LENGTH) return at + 12 <= limit && this.tag(at + 8) === ITEM;
    return this.follows(at, at + 8 + length, limit);
  }

  /** An element that stands at `at` may end here: with all that is around it, or before a greater tag or the item's end. */
  private follows(at: number, end: number, limit: number): boolean {
    if (end + 4 > limit) return end === limit;
    return this.tag(end) > this.tag(at);
  }

  private tag(at: number): number {
    return ((this.view.getUint16(at, this.little) << 16) | this.view.getUint16(at + 2, this.little)) >>> 0;
  }

  private uint32(at: number): number {
    return this.view.getUint32(at, this.little);
  }

  private byte(at: number): number {
    return at < this.view.byteLength ? this.view.getUint8(at) : 0;
  }

  private vr(at: number): string {
    return String.fromCharCode(this.byte(at), this.byte(at + 1));
  }
}

const isCapital = (byte: number): boolean => byte >= 65 && byte <= 90;
