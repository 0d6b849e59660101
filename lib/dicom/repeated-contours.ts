/** Points closer than this are one, in mm: contours are written to the hundredth or finer, and may be rounded by one. */
const SAME_MM = 0.0101;

type Drawn = { type: string; points: Float64Array };

/**
 * Contours without those that repeat another one: the same points, whichever comes first, whichever way round, closed
 * by the first one again or not, or with further points on the lines between them. Some systems write a contour twice,
 * and may round it otherwise; by the even-odd rule the two would enclose nothing.
 * CLOSEDPLANAR_XOR contours are left alone: what they undo is meant.
 */
export function withoutRepeats<T extends Drawn>(contours: readonly T[]): T[] {
  const kept = new Map<string, Kept<T>[]>();
  return contours.filter((contour) => {
    if (contour.type !== 'CLOSED_PLANAR') return true;
    const extent = extentOf(contour);
    const keys = keysOf(extent);
    const isRepeat = ({ contour: { points }, extent: other }: Kept<T>): boolean =>
      extent.every((value, side) => Math.abs(value - (other[side] ?? 0)) < SAME_MM) &&
      (isSame(points, contour.points) || haveOneOutline(points, contour.points));
    if (keys.some((key) => kept.get(key)?.some(isRepeat))) return false;
    const [own = ''] = keys;
    const alike = kept.get(own);
    if (alike) alike.push({ contour, extent });
    else kept.set(own, [{ contour, extent }]);
    return true;
  });
}

type Kept<T> = { contour: T; extent: Extent };

/** Smallest and largest x, y and z, which the same points have in any order. */
type Extent = readonly number[];

function extentOf({ points }: Drawn): Extent {
  let [x0, y0, z0, x1, y1, z1] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 3) {
    const x = points[at] ?? 0;
    const y = points[at + 1] ?? 0;
    const z = points[at + 2] ?? 0;
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
    if (z < z0) z0 = z;
    if (z > z1) z1 = z;
  }
  return [x0, y0, z0, x1, y1, z1];
}

/** Contours are looked for among those of about the same extent: to the millimetre, so that it costs little. */
const cellOf = (value: number): number => Math.floor(value + BESIDE_GRIDS_MM);
/** Images' pixels often lie at whole or half millimetres: where cells meet is elsewhere. */
const BESIDE_GRIDS_MM = 0.37;

/** The cell that an extent lies in, and where it is next to others, these too: the same contour may lie in one of them. */
function keysOf(extent: Extent): string[] {
  let keys = [''];
  for (const value of extent) {
    const cells = new Set([value, value - SAME_MM, value + SAME_MM].map(cellOf));
    keys = [...cells].flatMap((one) => keys.map((key) => `${key},${one}`));
  }
  return keys;
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  const count = open(a);
  if (open(b) !== count) return false;
  for (let start = 0; start < count; start += 1) {
    if (!near(a, 0, b, start)) continue;
    if (runs(a, b, count, start, 1) || runs(a, b, count, start, -1)) return true;
  }
  return false;
}

/** Number of points, the closing one aside. */
function open(points: Float64Array): number {
  const count = points.length / 3;
  return count > 1 && near(points, 0, points, count - 1) ? count - 1 : count;
}

function runs(a: Float64Array, b: Float64Array, count: number, start: number, way: 1 | -1): boolean {
  for (let index = 1; index < count; index += 1)
    if (!near(a, index, b, (start + way * index + count) % count)) return false;
  return true;
}

const near = (a: Float64Array, i: number, b: Float64Array, j: number): boolean =>
  Math.abs((a[3 * i] ?? 0) - (b[3 * j] ?? 0)) < SAME_MM &&
  Math.abs((a[3 * i + 1] ?? 0) - (b[3 * j + 1] ?? 0)) < SAME_MM &&
  Math.abs((a[3 * i + 2] ?? 0) - (b[3 * j + 2] ?? 0)) < SAME_MM;

/** Whether two contours run along the same lines: the corners of each, and the middles of its edges, lie on the other. */
const haveOneOutline = (a: Float64Array, b: Float64Array): boolean => liesOn(a, b) && liesOn(b, a);

function liesOn(a: Float64Array, b: Float64Array): boolean {
  const count = open(a);
  const at = (index: number, axis: number): number => a[3 * (index % count) + axis] ?? 0;
  for (let index = 0; index < count; index += 1)
    for (const part of [0, 0.5]) {
      const on = (axis: number): number => at(index, axis) * (1 - part) + at(index + 1, axis) * part;
      if (!isOnEdge(b, on(0), on(1), on(2))) return false;
    }
  return true;
}

function isOnEdge(points: Float64Array, x: number, y: number, z: number): boolean {
  const count = open(points);
  for (let index = 0; index < count; index += 1) {
    const from = 3 * index;
    const to = 3 * ((index + 1) % count);
    const [ax, ay, az] = [points[from] ?? 0, points[from + 1] ?? 0, points[from + 2] ?? 0];
    const [dx, dy, dz] = [(points[to] ?? 0) - ax, (points[to + 1] ?? 0) - ay, (points[to + 2] ?? 0) - az];
    const along = ((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / (dx * dx + dy * dy + dz * dz || 1);
    const t = Math.min(1, Math.max(0, along));
    if (Math.hypot(x - ax - t * dx, y - ay - t * dy, z - az - t * dz) < SAME_MM) return true;
  }
  return false;
}
