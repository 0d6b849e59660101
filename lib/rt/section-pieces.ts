/** Where a piece of a boundary ends: nowhere, as it is closed, or at the strip's lower or upper side. */
export const CLOSED = 0;
export const BOTTOM = 1;
export const TOP = 2;
export type Side = typeof CLOSED | typeof BOTTOM | typeof TOP;

/**
 * The pieces of boundaries that a body's slabs have on a plane, slab after slab, in arrays that the next cut uses again:
 * a plane through a patient cuts ten thousand pieces, and as objects they cost more to make and to throw away than to
 * cut.
 */
export class Pieces {
  /** l, k, l, k, … of all pieces in mm. Only what `starts` and `ends` name is one. */
  points = new Float64Array(4096);
  /** Numbers of `points` that are taken. */
  used = 0;
  count = 0;
  /** Where in `points` each piece begins, and where it has ended. */
  starts = new Int32Array(256);
  ends = new Int32Array(256);
  from = new Uint8Array(256);
  to = new Uint8Array(256);

  clear(): void {
    this.used = 0;
    this.count = 0;
  }

  /** Room for so many more numbers and pieces. */
  reserve(numbers: number, pieces: number): void {
    if (this.used + numbers > this.points.length) {
      const larger = new Float64Array(2 * (this.used + numbers));
      larger.set(this.points.subarray(0, this.used));
      this.points = larger;
    }
    if (this.count + pieces <= this.starts.length) return;
    const size = 2 * (this.count + pieces);
    const [starts, ends] = [new Int32Array(size), new Int32Array(size)];
    const [from, to] = [new Uint8Array(size), new Uint8Array(size)];
    starts.set(this.starts);
    ends.set(this.ends);
    from.set(this.from);
    to.set(this.to);
    Object.assign(this, { starts, ends, from, to });
  }

  /** What lies in `points` between two places is a piece. There must be room for it. */
  add(start: number, end: number, from: Side, to: Side): void {
    const { count } = this;
    this.starts[count] = start;
    this.ends[count] = end;
    this.from[count] = from;
    this.to[count] = to;
    this.count = count + 1;
  }
}
