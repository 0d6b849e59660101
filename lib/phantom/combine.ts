import type { Polygon } from './polygon.ts';

const RAYS = 240;

/** Whether a point lies inside a polygon, by the even-odd rule. */
export function contains(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  const n = polygon.length / 2;
  for (let i = 0, j = n - 1; i < n; j = i, i += 1) {
    const yi = polygon[2 * i + 1] ?? 0;
    const yj = polygon[2 * j + 1] ?? 0;
    if (yi > y === yj > y) continue;
    const xi = polygon[2 * i] ?? 0;
    const xj = polygon[2 * j] ?? 0;
    if (x < xi + ((y - yi) / (yj - yi)) * (xj - xi)) inside = !inside;
  }
  return inside;
}

export const touches = (a: Polygon, b: Polygon): boolean => indices(a).some((i) => containsPoint(b, a, i));

/** The outline around polygons that touch, as seen from (x, y): a notch that no ray sees is filled, as skin folds are. */
export function outlineAround(polygons: readonly Polygon[], x: number, y: number): Polygon {
  const outline = new Float64Array(2 * RAYS);
  for (let ray = 0; ray < RAYS; ray += 1) {
    const angle = (2 * Math.PI * ray) / RAYS;
    const dx = Math.cos(angle);
    const dy = Math.sin(angle);
    const distance = Math.max(...polygons.map((polygon) => farthestCrossing(polygon, x, y, dx, dy)));
    outline[2 * ray] = x + dx * distance;
    outline[2 * ray + 1] = y + dy * distance;
  }
  return outline;
}

function farthestCrossing(polygon: Polygon, x: number, y: number, dx: number, dy: number): number {
  let farthest = 0;
  const n = polygon.length / 2;
  for (let i = 0, j = n - 1; i < n; j = i, i += 1) {
    const ax = (polygon[2 * j] ?? 0) - x;
    const ay = (polygon[2 * j + 1] ?? 0) - y;
    const bx = (polygon[2 * i] ?? 0) - x;
    const by = (polygon[2 * i + 1] ?? 0) - y;
    const sideA = ax * dy - ay * dx;
    const sideB = bx * dy - by * dx;
    if (sideA > 0 === sideB > 0) continue;
    const t = sideA / (sideA - sideB);
    farthest = Math.max(farthest, (ax + t * (bx - ax)) * dx + (ay + t * (by - ay)) * dy);
  }
  return farthest;
}

/**
 * What of `a` lies outside of `b`, to the distance of their points: its runs of points outside, joined along the edge
 * of `b`. A `b` wholly inside of `a` takes nothing off: these outlines have no holes.
 */
export function subtract(a: Polygon, b: Polygon): Polygon[] {
  const outside = indices(a).map((i) => !containsPoint(b, a, i));
  const edge = indices(b).map((i) => containsPoint(a, b, i));
  if (!outside.includes(true)) return [];
  if (!outside.includes(false) || !edge.includes(true)) return [a];
  const runs = runsOf(outside);
  const left = new Set(runs);
  const result: Polygon[] = [];
  for (const first of runs) {
    if (!left.has(first)) continue;
    const points: number[] = [];
    let run: Run | undefined = first;
    while (run && left.has(run)) {
      left.delete(run);
      for (const i of run) points.push(a[2 * i] ?? 0, a[2 * i + 1] ?? 0);
      const along = walk(a, run.at(-1) ?? 0, b, edge);
      for (const i of along) points.push(b[2 * i] ?? 0, b[2 * i + 1] ?? 0);
      const end = along.at(-1);
      run = end === undefined ? undefined : nearestStart(runs, a, b, end);
    }
    if (points.length >= 6) result.push(Float64Array.from(points));
  }
  return result;
}

type Run = readonly number[];

const indices = (polygon: Polygon): number[] => Array.from({ length: polygon.length / 2 }, (_, i) => i);
const containsPoint = (outer: Polygon, of: Polygon, i: number): boolean =>
  contains(outer, of[2 * i] ?? 0, of[2 * i + 1] ?? 0);

const squared = (a: Polygon, i: number, b: Polygon, j: number): number =>
  ((a[2 * i] ?? 0) - (b[2 * j] ?? 0)) ** 2 + ((a[2 * i + 1] ?? 0) - (b[2 * j + 1] ?? 0)) ** 2;

/** Runs of consecutive points that are marked, around the end of the list too. */
function runsOf(marked: readonly boolean[]): Run[] {
  const n = marked.length;
  const start = marked.indexOf(false);
  const runs: number[][] = [];
  for (let step = 1; step <= n; step += 1) {
    const i = (start + step) % n;
    if (!marked[i]) continue;
    const previous = (i - 1 + n) % n;
    if (marked[previous]) runs.at(-1)?.push(i);
    else runs.push([i]);
  }
  return runs;
}

/** Along the edge of `b` inside of `a`, from the point nearest to where `a` went in. */
function walk(a: Polygon, from: number, b: Polygon, edge: readonly boolean[]): number[] {
  const n = edge.length;
  const inside = indices(b).filter((i) => edge[i]);
  const start = inside.reduce((best, i) => (squared(a, from, b, i) < squared(a, from, b, best) ? i : best));
  const step = edge[(start + 1) % n] ? 1 : n - 1;
  const path: number[] = [];
  for (let i = start; edge[i] && path.length < n; i = (i + step) % n) path.push(i);
  return path;
}

function nearestStart(runs: readonly Run[], a: Polygon, b: Polygon, from: number): Run | undefined {
  const distance = (run: Run) => squared(a, run[0] ?? 0, b, from);
  return runs.reduce((best, run) => (distance(run) < distance(best) ? run : best), runs[0] ?? []);
}
