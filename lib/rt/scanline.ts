/** A closed polygon in a plane: u1, v1, u2, v2, … in mm; the last point joins the first. */
export type Polygon = Float64Array;

/**
 * Where the line v = constant crosses the polygons' edges: u in mm, ascending. Between crossings 0 and 1, 2 and 3, … lies
 * the inside by the even-odd rule: an inner contour is a hole, a contour in a hole is an island, CLOSEDPLANAR_XOR and
 * keyholes come out as they are meant.
 */
export function crossings(polygons: readonly Polygon[], v: number): number[] {
  const found: number[] = [];
  for (const polygon of polygons) {
    const last = polygon.length - 2;
    let u1 = polygon[last] ?? 0;
    let v1 = polygon[last + 1] ?? 0;
    for (let at = 0; at <= last; at += 2) {
      const u2 = polygon[at] ?? 0;
      const v2 = polygon[at + 1] ?? 0;
      if (v1 > v !== v2 > v) found.push(u1 + ((v - v1) / (v2 - v1)) * (u2 - u1));
      u1 = u2;
      v1 = v2;
    }
  }
  return found.sort((a, b) => a - b);
}

/** Length in mm of the inside on one line. */
export function insideLength(sorted: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at + 1 < sorted.length; at += 2) sum += (sorted[at + 1] ?? 0) - (sorted[at] ?? 0);
  return sum;
}

/**
 * Area in mm² inside the polygons by the even-odd rule. Between two neighbouring vertices in v the inside is made of
 * trapezoids, whose area the middle line gives exactly.
 */
export function evenOddArea(polygons: readonly Polygon[]): number {
  const levels = new Set<number>();
  for (const polygon of polygons) for (let at = 1; at < polygon.length; at += 2) levels.add(polygon[at] ?? 0);
  const sorted = Float64Array.from(levels).sort();
  let area = 0;
  for (let at = 1; at < sorted.length; at += 1) {
    const low = sorted[at - 1] ?? 0;
    const high = sorted[at] ?? 0;
    if (high - low < 1e-9) continue;
    area += insideLength(crossings(polygons, (low + high) / 2)) * (high - low);
  }
  return area;
}

export type Bounds = { u: readonly [number, number]; v: readonly [number, number] };

/** The polygons' box in mm; of none of them an empty box at 0. */
export function boundsOf(polygons: readonly Polygon[]): Bounds {
  let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const polygon of polygons) {
    for (let at = 0; at < polygon.length; at += 2) {
      u0 = Math.min(u0, polygon[at] ?? 0);
      u1 = Math.max(u1, polygon[at] ?? 0);
      v0 = Math.min(v0, polygon[at + 1] ?? 0);
      v1 = Math.max(v1, polygon[at + 1] ?? 0);
    }
  }
  return u0 <= u1 ? { u: [u0, u1], v: [v0, v1] } : { u: [0, 0], v: [0, 0] };
}
