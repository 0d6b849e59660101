/**
 * What a plane must show of an ROI, found in another way than `section.ts` finds it: pixel by pixel, straight from the
 * contours' numbers. And how far an outline lies from that.
 */
import { dot, type Mm3 } from '../dicom/image-plane.ts';
import type { Roi } from '../dicom/rtstruct.ts';
import type { Polygon } from './scanline.ts';
import { onPlane } from './section.fixture.ts';
import type { CutPlane } from './section-plane.ts';

export type Raster = { columns: number; rows: number; x0: number; y0: number; pixel: number };

/** Pixels whose centres lie in the ROI: nearest axial contour plane within half a step, even-odd over its contours. */
export function maskOf(roi: Roi, plane: CutPlane, raster: Raster): Uint8Array {
  const planes = new Map<number, number[][]>();
  for (const { type, points } of roi.contours) {
    if (!type.startsWith('CLOSED') || points.length < 9) continue;
    const z = points[2] ?? 0;
    const xy = Array.from(points.filter((_, at) => at % 3 !== 2));
    planes.set(z, [...(planes.get(z) ?? []), xy]);
  }
  const heights = [...planes.keys()].sort((a, b) => a - b);
  const steps = heights
    .slice(1)
    .map((z, index) => z - (heights[index] ?? 0))
    .sort((a, b) => a - b);
  const step = steps[Math.floor(steps.length / 2)] ?? 0;
  const mask = new Uint8Array(raster.columns * raster.rows);
  for (let row = 0; row < raster.rows; row += 1)
    for (let column = 0; column < raster.columns; column += 1) {
      const point = onPlane(plane, raster.x0 + column * raster.pixel, raster.y0 + row * raster.pixel);
      if (holds(point, heights, step, planes)) mask[row * raster.columns + column] = 1;
    }
  return mask;
}

function holds([x, y, z]: Mm3, heights: number[], step: number, planes: Map<number, number[][]>): boolean {
  const nearest = heights.reduce(
    (best, one) => (Math.abs(one - z) < Math.abs(best - z) ? one : best),
    Infinity,
  );
  const wide = heights.some(
    (one) => one !== nearest && Math.abs(one - nearest) <= 1.5 * step && one > nearest === z > nearest,
  );
  if (Math.abs(nearest - z) > (wide ? 0.75 : 0.5) * step) return false;
  let inside = false;
  for (const xy of planes.get(nearest) ?? [])
    for (let at = 0, before = xy.length - 2; at < xy.length; before = at, at += 2) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [xy[before], xy[before + 1], xy[at], xy[at + 1]];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside;
    }
  return inside;
}

/** The side that two pixels share: its middle, and half its length along x and along y. */
type Side = readonly [x: number, y: number, alongX: number, alongY: number];

/**
 * The largest distance in pixels, both ways: from the drawn outline to the nearest side between a pixel inside and one
 * outside of the mask, and from each such side to the outline.
 */
export function outlineError(mask: Uint8Array, loops: readonly Polygon[], raster: Raster): number {
  const { columns, rows } = raster;
  const sides: Side[] = [];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const here = mask[row * columns + column];
      if (column + 1 < columns && here !== mask[row * columns + column + 1])
        sides.push([column + 0.5, row, 0, 0.5]);
      if (row + 1 < rows && here !== mask[(row + 1) * columns + column])
        sides.push([column, row + 0.5, 0.5, 0]);
    }
  const outline: Side[] = [];
  for (const loop of loops)
    for (let at = 0; at < loop.length; at += 2) {
      const [x1, y1] = inPixels(loop, at, raster);
      const [x2, y2] = inPixels(loop, (at + 2) % loop.length, raster);
      const count = Math.max(1, Math.ceil(4 * Math.hypot(x2 - x1, y2 - y1)));
      for (let part = 0; part < count; part += 1)
        outline.push([x1 + ((x2 - x1) * part) / count, y1 + ((y2 - y1) * part) / count, 0, 0]);
    }
  return Math.max(farthest(outline, sides, raster), farthest(sides, outline, raster));
}

const inPixels = (loop: Polygon, at: number, { x0, y0, pixel }: Raster): [number, number] => [
  ((loop[at] ?? 0) - x0) / pixel,
  ((loop[at + 1] ?? 0) - y0) / pixel,
];

/** Largest of the distances from each middle to its nearest target; 9 where there is none within some pixels. */
function farthest(points: readonly Side[], targets: readonly Side[], { columns }: Raster): number {
  const cells = new Map<number, Side[]>();
  const cell = (x: number, y: number): number => Math.round(y) * (columns + 64) + Math.round(x);
  for (const one of targets) {
    const key = cell(one[0], one[1]);
    const there = cells.get(key);
    if (there) there.push(one);
    else cells.set(key, [one]);
  }
  let most = 0;
  for (const [x, y] of points) {
    let best = 9;
    for (let dy = -3; dy <= 3; dy += 1)
      for (let dx = -3; dx <= 3; dx += 1)
        for (const [tx, ty, alongX, alongY] of cells.get(cell(x + dx, y + dy)) ?? [])
          best = Math.min(
            best,
            Math.hypot(Math.max(0, Math.abs(tx - x) - alongX), Math.max(0, Math.abs(ty - y) - alongY)),
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
