import type { Polygon } from './scanline.ts';

/** An edge with its lower end first; `slope` is du/dv; `of` says whose it is. */
type Edge = { u: number; low: number; high: number; slope: number; of: 0 | 1 };
/** Bands thinner than this hold nothing, in mm. */
const FLAT = 1e-9;

/**
 * Area in mm² that lies both inside `a` and inside `b`, each by the even-odd rule. Exact: between two neighbouring
 * heights at which an edge begins, ends or crosses another one, the common part is made of trapezoids, whose area their
 * middle line gives.
 */
export function overlapArea(a: readonly Polygon[], b: readonly Polygon[]): number {
  const edges = [...edgesOf(a, 0), ...edgesOf(b, 1)].sort((one, two) => one.low - two.low);
  const levels = Float64Array.from(edges.flatMap(({ low, high }) => [low, high])).sort();
  let active: Edge[] = [];
  let next = 0;
  let area = 0;
  for (let at = 1; at < levels.length; at += 1) {
    const low = levels[at - 1] ?? 0;
    const high = levels[at] ?? 0;
    if (high - low < FLAT) continue;
    const middle = (low + high) / 2;
    active = active.filter((edge) => edge.high > middle);
    for (let edge = edges[next]; edge && edge.low < middle; next += 1, edge = edges[next])
      if (edge.high > middle) active.push(edge);
    const marks = [low, ...crossingLevels(active, low, high), high];
    for (let mark = 1; mark < marks.length; mark += 1) {
      const [from = 0, to = 0] = [marks[mark - 1], marks[mark]];
      if (to > from) area += commonLength(active, (from + to) / 2) * (to - from);
    }
  }
  return area;
}

function edgesOf(polygons: readonly Polygon[], of: 0 | 1): Edge[] {
  const edges: Edge[] = [];
  for (const polygon of polygons)
    for (let at = 0; at < polygon.length; at += 2) {
      const next = (at + 2) % polygon.length;
      const [u1 = 0, v1 = 0] = [polygon[at], polygon[at + 1]];
      const [u2 = 0, v2 = 0] = [polygon[next], polygon[next + 1]];
      if (v1 === v2) continue;
      const slope = (u2 - u1) / (v2 - v1);
      edges.push(v1 < v2 ? { u: u1, low: v1, high: v2, slope, of } : { u: u2, low: v2, high: v1, slope, of });
    }
  return edges;
}

const uAt = (edge: Edge, v: number): number => edge.u + (v - edge.low) * edge.slope;

/** Heights between `low` and `high` at which two of the edges cross, ascending. Sorts the edges as they lie at `low`. */
function crossingLevels(edges: Edge[], low: number, high: number): number[] {
  edges.sort((one, two) => uAt(one, low) - uAt(two, low) || one.slope - two.slope);
  const levels: number[] = [];
  for (let at = 1; at < edges.length; at += 1) {
    const edge = edges[at];
    if (!edge) continue;
    // All on the left at `low` that are on the right at `high`.
    for (let before = at - 1; before >= 0; before -= 1) {
      const other = edges[before];
      if (!other || uAt(other, high) <= uAt(edge, high)) continue;
      const level = low + (uAt(edge, low) - uAt(other, low)) / (other.slope - edge.slope);
      // Of edges that lie on each other, rounding says anything.
      if (level > low && level < high) levels.push(level);
    }
  }
  return levels.sort((one, two) => one - two);
}

/** Length of the line at height `v` inside both. */
function commonLength(edges: readonly Edge[], v: number): number {
  const ends = edges.map((edge) => ({ u: uAt(edge, v), of: edge.of })).sort((one, two) => one.u - two.u);
  const inside = [false, false];
  let length = 0;
  let from = 0;
  for (const { u, of } of ends) {
    if (inside[0] && inside[1]) length += u - from;
    inside[of] = !inside[of];
    from = u;
  }
  return length;
}
