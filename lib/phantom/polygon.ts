/** A closed polygon in one axial plane: x, y, x, y… in patient mm. */
export type Polygon = Float64Array;

const POINTS = 96;

/**
 * A rounded shape: a superellipse whose edge is gently uneven, as organs are.
 * @param exponent 2 is an ellipse, larger is boxier
 * @param uneven share of the radius by which the edge may wander
 */
export function blob(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  options: { turn?: number; exponent?: number; uneven?: number; phase?: number; points?: number } = {},
): Polygon {
  const { turn = 0, exponent = 2, uneven = 0, phase = 0, points = POINTS } = options;
  const polygon = new Float64Array(2 * points);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  for (let i = 0; i < points; i += 1) {
    const angle = (2 * Math.PI * i) / points;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const wander =
      1 +
      uneven *
        (0.6 * Math.cos(2 * angle + phase) +
          0.4 * Math.cos(3 * angle + 2.1 * phase) +
          0.25 * Math.cos(5 * angle - phase));
    const x = Math.sign(c) * Math.abs(c) ** (2 / exponent) * rx * wander;
    const y = Math.sign(s) * Math.abs(s) ** (2 / exponent) * ry * wander;
    polygon[2 * i] = cx + x * cos - y * sin;
    polygon[2 * i + 1] = cy + x * sin + y * cos;
  }
  return polygon;
}

/** Area in mm² by the shoelace formula. */
export function area(polygon: Polygon): number {
  let twice = 0;
  const n = polygon.length / 2;
  for (let i = 0; i < n; i += 1) {
    const j = (i + 1) % n;
    twice +=
      (polygon[2 * i] ?? 0) * (polygon[2 * j + 1] ?? 0) - (polygon[2 * j] ?? 0) * (polygon[2 * i + 1] ?? 0);
  }
  return Math.abs(twice) / 2;
}

/** A square pixel grid in an axial plane: centre of pixel (column, row) is `origin + index * spacing`, in mm. */
export type Grid = { size: number; spacing: number; origin: number };

/** Calls `span(row, from, to)` for every run of pixels whose centres lie inside, by the even-odd rule. */
export function fill(
  polygon: Polygon,
  grid: Grid,
  span: (row: number, from: number, to: number) => void,
): void {
  const n = polygon.length / 2;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < polygon.length; i += 2) {
    low = Math.min(low, polygon[i] ?? 0);
    high = Math.max(high, polygon[i] ?? 0);
  }
  const first = Math.max(0, Math.ceil((low - grid.origin) / grid.spacing));
  const last = Math.min(grid.size - 1, Math.floor((high - grid.origin) / grid.spacing));
  for (let row = first; row <= last; row += 1) {
    const y = grid.origin + row * grid.spacing;
    const crossings: number[] = [];
    for (let i = 0, j = n - 1; i < n; j = i, i += 1) {
      const yi = polygon[2 * i + 1] ?? 0;
      const yj = polygon[2 * j + 1] ?? 0;
      if (yi > y !== yj > y) {
        const xi = polygon[2 * i] ?? 0;
        const xj = polygon[2 * j] ?? 0;
        crossings.push(xi + ((y - yi) / (yj - yi)) * (xj - xi));
      }
    }
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(((crossings[k] ?? 0) - grid.origin) / grid.spacing));
      const to = Math.min(grid.size - 1, Math.floor(((crossings[k + 1] ?? 0) - grid.origin) / grid.spacing));
      if (from <= to) span(row, from, to);
    }
  }
}

/** Linear interpolation in a table of rows `[z, ...values]` with ascending z; the ends are held. */
export function interpolate(table: readonly (readonly number[])[], z: number): number[] {
  const first = table[0] ?? [];
  const last = table.at(-1) ?? [];
  if (z <= (first[0] ?? 0)) return first.slice(1);
  if (z >= (last[0] ?? 0)) return last.slice(1);
  for (let i = 1; i < table.length; i += 1) {
    const below = table[i - 1] ?? [];
    const above = table[i] ?? [];
    if (z <= (above[0] ?? 0)) {
      const t = (z - (below[0] ?? 0)) / ((above[0] ?? 0) - (below[0] ?? 0));
      const smooth = t * t * (3 - 2 * t);
      return below.slice(1).map((value, k) => value + smooth * ((above[k + 1] ?? 0) - value));
    }
  }
  return last.slice(1);
}
