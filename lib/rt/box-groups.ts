import { type Bounds, boundsOf, type Polygon } from './scanline.ts';

/**
 * The polygons of one plane in groups that have nothing to do with each other: boxes of one group meet, from one to the
 * next, and those of two groups do not. A hole lies in its outer contour's box and stays with it, so the even-odd rule
 * gives the same region group by group.
 */
export function apart(polygons: readonly Polygon[]): Polygon[][] {
  if (polygons.length < 2) return polygons.map((polygon) => [polygon]);
  const sets = new DisjointSets(polygons.length);
  joinMeeting(
    polygons.map((polygon) => boundsOf([polygon])),
    Array.from(polygons.keys()),
    sets,
  );
  return sets.members().map((members) => members.flatMap((index) => polygons[index] ?? []));
}

/**
 * Joins those of the boxes that overlap or touch.
 * @param ids of each box in `sets`
 */
export function joinMeeting(boxes: readonly Bounds[], ids: readonly number[], sets: DisjointSets): void {
  const order = Array.from(boxes.keys());
  // Swept along the axis on which they lie further apart: fewer are open at the same time.
  const axis = crowding(boxes, 'u') <= crowding(boxes, 'v') ? 'u' : 'v';
  const across = axis === 'u' ? 'v' : 'u';
  order.sort((a, b) => (boxes[a]?.[axis][0] ?? 0) - (boxes[b]?.[axis][0] ?? 0));
  let open: number[] = [];
  for (const index of order) {
    const box = boxes[index];
    if (!box) continue;
    open = open.filter((one) => (boxes[one]?.[axis][1] ?? 0) >= box[axis][0]);
    for (const one of open) {
      const [low, high] = boxes[one]?.[across] ?? [0, 0];
      if (low <= box[across][1] && high >= box[across][0]) sets.join(ids[one] ?? 0, ids[index] ?? 0);
    }
    open.push(index);
  }
}

/** Sum of the boxes' sides along an axis as a share of all of its length: how many are open at once. */
function crowding(boxes: readonly Bounds[], axis: 'u' | 'v'): number {
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (const box of boxes) {
    const [from, to] = box[axis];
    low = Math.min(low, from);
    high = Math.max(high, to);
    sum += to - from;
  }
  return high > low ? sum / (high - low) : Infinity;
}

/** Numbers from 0 to `count` − 1 in sets, which are joined step by step. */
export class DisjointSets {
  private readonly above: Int32Array;

  constructor(count: number) {
    this.above = Int32Array.from({ length: count }, (_, index) => index);
  }

  join(one: number, other: number): void {
    const [a, b] = [this.top(one), this.top(other)];
    this.above[Math.max(a, b)] = Math.min(a, b);
  }

  /** Each set's members, ascending, in the order of its first one. */
  members(): number[][] {
    const found = new Map<number, number[]>();
    for (let index = 0; index < this.above.length; index += 1) {
      const top = this.top(index);
      const there = found.get(top);
      if (there) there.push(index);
      else found.set(top, [index]);
    }
    return [...found.values()];
  }

  private top(index: number): number {
    let at = index;
    for (let above = this.above[at] ?? at; above !== at; above = this.above[at] ?? at) {
      this.above[at] = this.above[above] ?? above;
      at = above;
    }
    return at;
  }
}
