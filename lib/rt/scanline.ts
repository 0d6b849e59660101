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

/** Length in mm of the inside on one line. */
export function insideLength(sorted: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at + 1 < sorted.length; at += 2) sum += (sorted[at + 1] ?? 0) - (sorted[at] ?? 0);
  return sum;
}

/**
 * Area in mm² inside the polygons by the even-odd rule. Between two neighbouring vertices in v the inside is made of
 * trapezoids, whose area the middle line gives exactly. Swept with the edges that cross the present band only.
 */
export function evenOddArea(polygons: readonly Polygon[]): number {
  const { edges, levels } = sweepOf(polygons);
  const active: number[] = [];
  const found: number[] = [];
  let next = 0;
  let area = 0;
  for (let at = 1; at < levels.length; at += 1) {
    const low = levels[at - 1] ?? 0;
    const high = levels[at] ?? 0;
    if (high - low < 1e-9) continue;
    const middle = (low + high) / 2;
    for (; next < edges.length && (edges[next]?.v1 ?? 0) <= low; next += 1) active.push(next);
    found.length = 0;
    let kept = 0;
    for (const index of active) {
      const edge = edges[index];
      if (!edge || edge.v2 < middle) continue;
      active[kept] = index;
      kept += 1;
      if (edge.v1 < middle) found.push(edge.u1 + (middle - edge.v1) * edge.slope);
    }
    active.length = kept;
    area += insideLength(found.sort(ascending)) * (high - low);
  }
  return area;
}

const ascending = (a: number, b: number): number => a - b;

/** An edge with its lower end first; `slope` is du/dv. */
type Edge = { v1: number; u1: number; v2: number; slope: number };

function sweepOf(polygons: readonly Polygon[]): { edges: Edge[]; levels: Float64Array } {
  const edges: Edge[] = [];
  const levels = new Float64Array(polygons.reduce((sum, polygon) => sum + polygon.length / 2, 0));
  let count = 0;
  forEachEdge(polygons, (u1, v1, u2, v2) => {
    levels[count] = v2;
    count += 1;
    if (v1 === v2) return;
    const slope = (u2 - u1) / (v2 - v1);
    edges.push(v1 < v2 ? { v1, u1, v2, slope } : { v1: v2, u1: u2, v2: v1, slope });
  });
  return { edges: edges.sort((a, b) => a.v1 - b.v1), levels: levels.sort() };
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
  const lineFrom = (v: number): number => Math.min(count, Math.max(0, Math.ceil((v - first) / step)));
  const starts = new Int32Array(count + 1);
  forEachEdge(polygons, (_, v1, __, v2) => {
    const to = lineFrom(Math.max(v1, v2));
    for (let line = lineFrom(Math.min(v1, v2)); line < to; line += 1)
      starts[line + 1] = (starts[line + 1] ?? 0) + 1;
  });
  for (let line = 0; line < count; line += 1)
    starts[line + 1] = (starts[line + 1] ?? 0) + (starts[line] ?? 0);
  const u = new Float64Array(starts[count] ?? 0);
  const filled = starts.slice();
  forEachEdge(polygons, (u1, v1, u2, v2) => {
    const to = lineFrom(Math.max(v1, v2));
    const slope = (u2 - u1) / (v2 - v1);
    for (let line = lineFrom(Math.min(v1, v2)); line < to; line += 1) {
      const at = u1 + (first + line * step - v1) * slope;
      // Few per line: sorted as they come.
      const start = starts[line] ?? 0;
      let place = filled[line] ?? 0;
      filled[line] = place + 1;
      for (; place > start && (u[place - 1] ?? 0) > at; place -= 1) u[place] = u[place - 1] ?? 0;
      u[place] = at;
    }
  });
  return { starts, u };
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
