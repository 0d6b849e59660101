/** A closed polygon in a plane: u1, v1, u2, v2, … in mm; the last point joins the first. */
export type Polygon = Float64Array;

/**
 * Where the line v = constant crosses the polygons' edges: u in mm, ascending. Between crossings 0 and 1, 2 and 3, … lies
 * the inside by the even-odd rule: an inner contour is a hole, a contour in a hole is an island, CLOSEDPLANAR_XOR and
 * keyholes come out as they are meant.
 */
export function crossings(polygons: readonly Polygon[], v: number): number[] {
  const found: number[] = [];
  forEachEdge(polygons, (u1, v1, u2, v2) => {
    if (v1 > v !== v2 > v) found.push(u1 + ((v - v1) / (v2 - v1)) * (u2 - u1));
  });
  return found.sort(ascending);
}

/**
 * Area in mm² inside the polygons by the even-odd rule. Between two neighbouring vertices in v the inside is made of
 * trapezoids, whose area the middle line gives exactly. Swept with the edges that cross the present band only.
 */
export function evenOddArea(polygons: readonly Polygon[]): number {
  const { edges, count, levels, firstAt, after } = sweepOf(polygons);
  // From left to right as they lay in the band before: nearly sorted in the next one.
  const active = new Int32Array(count);
  const found = new Float64Array(count);
  let reached = 0;
  let next = 0;
  let area = 0;
  for (let at = 1; at < levels.length; at += 1) {
    const low = levels[at - 1] ?? 0;
    const high = levels[at] ?? 0;
    if (high - low < 1e-9) continue;
    const middle = (low + high) / 2;
    for (; next < at; next += 1)
      for (let edge = firstAt[next] ?? -1; edge >= 0; edge = after[edge] ?? -1) {
        active[reached] = edge;
        reached += 1;
      }
    let kept = 0;
    for (let index = 0; index < reached; index += 1) {
      const edge = active[index] ?? 0;
      const one = EDGE * edge;
      if ((edges[one + 2] ?? 0) < middle) continue;
      const u = (edges[one + 1] ?? 0) + (middle - (edges[one] ?? 0)) * (edges[one + 3] ?? 0);
      let place = kept;
      kept += 1;
      for (; place > 0 && (found[place - 1] ?? 0) > u; place -= 1) {
        found[place] = found[place - 1] ?? 0;
        active[place] = active[place - 1] ?? 0;
      }
      found[place] = u;
      active[place] = edge;
    }
    reached = kept;
    let inside = 0;
    for (let index = 0; index + 1 < kept; index += 2) inside += (found[index + 1] ?? 0) - (found[index] ?? 0);
    area += inside * (high - low);
  }
  return area;
}

const ascending = (a: number, b: number): number => a - b;

/** Numbers that an edge takes in `Sweep.edges`. */
const EDGE = 4;

type Sweep = {
  /** v and u of its lower end, v of its upper one, du/dv; edges that run along a line are none. */
  edges: Float64Array;
  count: number;
  /** v of all vertices, ascending. */
  levels: Float64Array;
  /** An edge whose lower end lies at that level, or −1; and behind each edge the next such one, or −1. */
  firstAt: Int32Array;
  after: Int32Array;
};

function sweepOf(polygons: readonly Polygon[]): Sweep {
  let vertices = 0;
  for (const polygon of polygons) vertices += polygon.length >> 1;
  const edges = new Float64Array(EDGE * vertices);
  const levels = new Float64Array(vertices);
  let count = 0;
  let level = 0;
  forEachEdge(polygons, (u1, v1, u2, v2) => {
    levels[level] = v2;
    level += 1;
    if (v1 === v2) return;
    const one = EDGE * count;
    const up = v1 < v2;
    edges[one] = up ? v1 : v2;
    edges[one + 1] = up ? u1 : u2;
    edges[one + 2] = up ? v2 : v1;
    edges[one + 3] = (u2 - u1) / (v2 - v1);
    count += 1;
  });
  levels.sort();
  const firstAt = new Int32Array(vertices).fill(-1);
  const after = new Int32Array(count);
  for (let edge = 0; edge < count; edge += 1) {
    const at = firstNotBelow(levels, edges[EDGE * edge] ?? 0);
    after[edge] = firstAt[at] ?? -1;
    firstAt[at] = edge;
  }
  return { edges, count, levels, firstAt, after };
}

function firstNotBelow(levels: Float64Array, v: number): number {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((levels[middle] ?? 0) < v) low = middle + 1;
    else high = middle;
  }
  return low;
}

function forEachEdge(
  polygons: readonly Polygon[],
  visit: (u1: number, v1: number, u2: number, v2: number) => void,
): void {
  for (const polygon of polygons) {
    const last = polygon.length - 2;
    let u1 = polygon[last] ?? 0;
    let v1 = polygon[last + 1] ?? 0;
    for (let at = 0; at <= last; at += 2) {
      const u2 = polygon[at] ?? 0;
      const v2 = polygon[at + 1] ?? 0;
      visit(u1, v1, u2, v2);
      u1 = u2;
      v1 = v2;
    }
  }
}

/** Crossings of equally spaced lines: of line `n` they are `u[starts[n]]` to `u[starts[n + 1] - 1]`, ascending. */
export type LineCrossings = { starts: Int32Array; u: Float64Array };

/**
 * `crossings` of the lines v = first + n · step for n < count, all at once: each edge is walked once, over the lines
 * that it crosses.
 */
export function crossingsOfLines(
  polygons: readonly Polygon[],
  first: number,
  step: number,
  count: number,
): LineCrossings {
  // A line belongs to an edge from its lower end, inclusive, to its upper end, exclusive, as in `crossings`.
  const lines = polygons.map((polygon) => {
    const above = new Int32Array(polygon.length >> 1);
    for (let at = 0; at < above.length; at += 1)
      above[at] = Math.min(count, Math.max(0, Math.ceil(((polygon[2 * at + 1] ?? 0) - first) / step)));
    return above;
  });
  const starts = new Int32Array(count + 1);
  for (const above of lines) {
    let one = above[above.length - 1] ?? 0;
    for (let at = 0; at < above.length; at += 1) {
      const other = above[at] ?? 0;
      const to = Math.max(one, other);
      for (let line = Math.min(one, other); line < to; line += 1)
        starts[line + 1] = (starts[line + 1] ?? 0) + 1;
      one = other;
    }
  }
  for (let line = 0; line < count; line += 1)
    starts[line + 1] = (starts[line + 1] ?? 0) + (starts[line] ?? 0);
  const u = new Float64Array(starts[count] ?? 0);
  const filled = starts.slice();
  for (let index = 0; index < polygons.length; index += 1) {
    const polygon = polygons[index];
    const above = lines[index];
    if (polygon && above) fillCrossings(polygon, above, first, step, { starts, filled, u });
  }
  return { starts, u };
}

/** @param above the first line not below each vertex */
function fillCrossings(
  polygon: Polygon,
  above: Int32Array,
  first: number,
  step: number,
  { starts, filled, u }: LineCrossings & { filled: Int32Array },
): void {
  const last = above.length - 1;
  let [u1, v1, one] = [polygon[2 * last] ?? 0, polygon[2 * last + 1] ?? 0, above[last] ?? 0];
  for (let vertex = 0; vertex <= last; vertex += 1) {
    const u2 = polygon[2 * vertex] ?? 0;
    const v2 = polygon[2 * vertex + 1] ?? 0;
    const other = above[vertex] ?? 0;
    const to = Math.max(one, other);
    const slope = (u2 - u1) / (v2 - v1);
    for (let line = Math.min(one, other); line < to; line += 1) {
      const at = u1 + (first + line * step - v1) * slope;
      // Few per line: sorted as they come.
      const start = starts[line] ?? 0;
      let place = filled[line] ?? 0;
      filled[line] = place + 1;
      for (; place > start && (u[place - 1] ?? 0) > at; place -= 1) u[place] = u[place - 1] ?? 0;
      u[place] = at;
    }
    u1 = u2;
    v1 = v2;
    one = other;
  }
}

export type Bounds = { u: readonly [number, number]; v: readonly [number, number] };

/** The polygons' box in mm; of none of them an empty box at 0. */
export function boundsOf(polygons: readonly Polygon[]): Bounds {
  let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const polygon of polygons) {
    for (let at = 0; at < polygon.length; at += 2) {
      const [u, v] = [polygon[at] ?? 0, polygon[at + 1] ?? 0];
      if (u < u0) u0 = u;
      if (u > u1) u1 = u;
      if (v < v0) v0 = v;
      if (v > v1) v1 = v;
    }
  }
  return u0 <= u1 ? { u: [u0, u1], v: [v0, v1] } : { u: [0, 0], v: [0, 0] };
}

/** The least and the greatest v of the polygons in mm; 0 and 0 of none. */
export function rangeOfV(polygons: readonly Polygon[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const polygon of polygons) {
    for (let at = 1; at < polygon.length; at += 2) {
      const v = polygon[at] ?? 0;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  return low <= high ? [low, high] : [0, 0];
}
