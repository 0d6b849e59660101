/**
 * What a plane must show of an ROI, found in another way than `section.ts` finds it: point by point, straight from the
 * contours' numbers. And how far an outline lies from that.
 */
import { dot, type Mm3 } from '../dicom/image-plane.ts';
import type { Roi } from '../dicom/rtstruct.ts';
import type { Polygon } from './scanline.ts';
import { onPlane } from './section.fixture.ts';
import type { CutPlane } from './section-plane.ts';

export type Raster = { columns: number; rows: number; x0: number; y0: number; pixel: number };
/** Whether a point in patient mm lies in an ROI. */
export type Inside = (point: Mm3) => boolean;

/** By the nearest axial contour plane, half-way to its neighbours or half a step at an end, even-odd over its contours. */
export function insideOf(roi: Roi): Inside {
  const planes = new Map<number, Outline[]>();
  for (const { type, points } of roi.contours) {
    if (!type.startsWith('CLOSED') || points.length < 9) continue;
    const z = points[2] ?? 0;
    const xy = points.filter((_, at) => at % 3 !== 2);
    const ys = xy.filter((_, at) => at % 2 === 1);
    planes.set(z, [...(planes.get(z) ?? []), { xy, low: Math.min(...ys), high: Math.max(...ys) }]);
  }
  const heights = [...planes.keys()].sort((a, b) => a - b);
  const steps = heights.slice(1).map((z, index) => z - (heights[index] ?? 0));
  const sorted = [...steps].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  const step = sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  const reach = (to: number | undefined): number => (to === undefined || to > 1.5 * step ? step : to) / 2;
  const slabs = heights.map((z, index) => ({
    from: z - reach(steps[index - 1]),
    to: z + reach(steps[index]),
    contours: planes.get(z) ?? [],
  }));
  return ([x, y, z]) => {
    const slab = slabs.find(({ from, to }) => z >= from && z < to);
    return slab?.contours.reduce((inside, one) => inside !== encloses(one, x, y), false) ?? false;
  };
}

/** Of one contour: x, y, x, y, … and the lowest and highest y. */
type Outline = { xy: Float64Array; low: number; high: number };

function encloses({ xy, low, high }: Outline, x: number, y: number): boolean {
  if (y < low || y > high) return false;
  let inside = false;
  for (let at = 0, before = xy.length - 2; at < xy.length; before = at, at += 2) {
    const y1 = xy[before + 1] ?? 0;
    const y2 = xy[at + 1] ?? 0;
    if (y1 > y === y2 > y) continue;
    const x1 = xy[before] ?? 0;
    if (x < x1 + (((xy[at] ?? 0) - x1) * (y - y1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}

/** Pixels whose centres lie in the ROI. */
export function maskOf(inside: Inside, plane: CutPlane, raster: Raster): Uint8Array {
  const mask = new Uint8Array(raster.columns * raster.rows);
  for (let row = 0; row < raster.rows; row += 1)
    for (let column = 0; column < raster.columns; column += 1) {
      const point = onPlane(plane, raster.x0 + column * raster.pixel, raster.y0 + row * raster.pixel);
      if (inside(point)) mask[row * raster.columns + column] = 1;
    }
  return mask;
}

/** A place in pixels. */
type Place = readonly [x: number, y: number];
/** The side that two pixels share: its middle, and half its length along x and along y. */
type Side = readonly [x: number, y: number, alongX: number, alongY: number];
/** A place on the outline, and the direction across it. */
type OnOutline = readonly [x: number, y: number, acrossX: number, acrossY: number];

/** Farther than any distance that is told apart, in pixels. */
const FAR = 9;
/** How far from an outline both inside and outside are looked for, in pixels, the nearest first. */
const PROBES = [1 / 64, 1 / 16, 1 / 4, 1 / 2, 1];
const AROUND = Array.from({ length: 16 }, (_, index) => (index * Math.PI) / 8);

/**
 * The largest distance in pixels, both ways: from the drawn outline to where inside becomes outside (asked point by
 * point, as details may be finer than a pixel), and from each side between a pixel inside and one outside of the mask
 * to the outline.
 */
export function outlineError(
  inside: Inside,
  plane: CutPlane,
  loops: readonly Polygon[],
  raster: Raster,
): number {
  const outline = [...alongOutlines(loops, raster)];
  const at = (x: number, y: number): boolean =>
    inside(onPlane(plane, raster.x0 + x * raster.pixel, raster.y0 + y * raster.pixel));
  /** Across the outline; where it turns within less than that, all around. */
  const changesWithin = ([x, y, nx, ny]: OnOutline, d: number): boolean => {
    const here = at(x + d * nx, y + d * ny);
    if (here !== at(x - d * nx, y - d * ny)) return true;
    return AROUND.some((angle) => at(x + d * Math.cos(angle), y + d * Math.sin(angle)) !== here);
  };
  let most = 0;
  for (const place of outline) most = Math.max(most, PROBES.find((d) => changesWithin(place, d)) ?? FAR);
  return Math.max(most, farthest(sidesOf(maskOf(inside, plane, raster), raster), outline, raster));
}

function sidesOf(mask: Uint8Array, { columns, rows }: Raster): Side[] {
  const sides: Side[] = [];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const here = mask[row * columns + column];
      if (column + 1 < columns && here !== mask[row * columns + column + 1])
        sides.push([column + 0.5, row, 0, 0.5]);
      if (row + 1 < rows && here !== mask[(row + 1) * columns + column])
        sides.push([column, row + 0.5, 0.5, 0]);
    }
  return sides;
}

/** Two places a pixel and more, none of them a corner. */
function* alongOutlines(loops: readonly Polygon[], raster: Raster): Generator<OnOutline> {
  for (const loop of loops)
    for (let at = 0; at < loop.length; at += 2) {
      const [x1, y1] = inPixels(loop, at, raster);
      const [x2, y2] = inPixels(loop, (at + 2) % loop.length, raster);
      const size = Math.hypot(x2 - x1, y2 - y1);
      if (size < 1e-6) continue;
      const count = Math.ceil(2 * size);
      for (let part = 0; part < count; part += 1) {
        const t = (part + 0.5) / count;
        yield [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t, (y2 - y1) / size, (x1 - x2) / size];
      }
    }
}

const inPixels = (loop: Polygon, at: number, { x0, y0, pixel }: Raster): Place => [
  ((loop[at] ?? 0) - x0) / pixel,
  ((loop[at + 1] ?? 0) - y0) / pixel,
];

/** Largest of the distances from each side to its nearest place on the outline; FAR where there is none near it. */
function farthest(sides: readonly Side[], outline: readonly OnOutline[], { columns }: Raster): number {
  const cells = new Map<number, OnOutline[]>();
  const cell = (x: number, y: number): number => Math.round(y) * (columns + 64) + Math.round(x);
  for (const one of outline) {
    const key = cell(one[0], one[1]);
    const there = cells.get(key);
    if (there) there.push(one);
    else cells.set(key, [one]);
  }
  let most = 0;
  for (const [x, y, alongX, alongY] of sides) {
    let best = FAR;
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -2; dx <= 2; dx += 1)
        for (const [ox, oy] of cells.get(cell(x + dx, y + dy)) ?? [])
          best = Math.min(
            best,
            Math.hypot(Math.max(0, Math.abs(ox - x) - alongX), Math.max(0, Math.abs(oy - y) - alongY)),
          );
    most = Math.max(most, best);
  }
  return most;
}

/** A raster of a plane round an ROI, with a margin of some pixels. */
export function rasterOf(roi: Roi, plane: CutPlane, pixel: number): Raster {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { points } of roi.contours)
    for (let at = 0; at < points.length; at += 3) {
      const point: Mm3 = [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0];
      const x = dot(point, plane.right);
      const y = dot(point, plane.down);
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = Math.max(y1, y);
    }
  const margin = 8 * pixel;
  return {
    columns: Math.ceil((x1 - x0 + 2 * margin) / pixel),
    rows: Math.ceil((y1 - y0 + 2 * margin) / pixel),
    x0: x0 - margin,
    y0: y0 - margin,
    pixel,
  };
}
