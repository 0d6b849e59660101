import type { Polygon } from './scanline.ts';
import { BOTTOM, CLOSED, type Pieces, type Side, TOP } from './section-pieces.ts';

/** Edges of a loop that are looked at together. */
const CHUNK = 16;

/** A closed curve with the boxes of its edges, sixteen by sixteen, so that a line meets few of them. */
export type IndexedLoop = {
  points: Polygon;
  /** Middle and half size of each chunk's box: u, v, half u, half v; the whole loop's box comes first. */
  boxes: Float64Array;
};

export function indexLoop(points: Polygon): IndexedLoop {
  const count = points.length / 2;
  const chunks = Math.ceil(count / CHUNK);
  const boxes = new Float64Array(4 * (chunks + 1));
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let index = chunk * CHUNK; index <= Math.min(count, (chunk + 1) * CHUNK); index += 1) {
      const at = 2 * (index % count);
      const u = points[at] ?? 0;
      const v = points[at + 1] ?? 0;
      if (u < u0) u0 = u;
      if (u > u1) u1 = u;
      if (v < v0) v0 = v;
      if (v > v1) v1 = v;
    }
    boxes.set([(u0 + u1) / 2, (v0 + v1) / 2, (u1 - u0) / 2, (v1 - v0) / 2], 4 * (chunk + 1));
    left = Math.min(left, u0);
    right = Math.max(right, u1);
    top = Math.min(top, v0);
    bottom = Math.max(bottom, v1);
  }
  boxes.set([(left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2]);
  return { points, boxes };
}

/**
 * A strip of the contours' plane, and what it becomes on the plane that is looked at. `l` runs along the strip, `f`
 * across it: l = u·lu + v·lv + l0, f = u·fu + v·fv + f0. What lies between f = `low` and f = `high` is seen there
 * stretched to between k = `bottom` and k = `top`; a strip of no width (low = high: planes at right angles) is a line
 * that is drawn out to a stripe.
 */
export type Strip = {
  lu: number;
  lv: number;
  l0: number;
  fu: number;
  fv: number;
  f0: number;
  low: number;
  high: number;
  bottom: number;
  top: number;
};

/** So near to a strip nothing is beside it, in mm. */
export const ROUNDING_MM = 1e-6;

/** Whether a box of `boxes` lies beside the strip, beyond any rounding. */
function isBeside(boxes: Float64Array, box: number, strip: Strip): boolean {
  const { fu, fv } = strip;
  const middle = (boxes[box] ?? 0) * fu + (boxes[box + 1] ?? 0) * fv + strip.f0;
  const half = (boxes[box + 2] ?? 0) * Math.abs(fu) + (boxes[box + 3] ?? 0) * Math.abs(fv) + ROUNDING_MM;
  return middle - half > strip.high || middle + half < strip.low;
}

/** Adds the parts of a loop that lie in the strip. Every crossing of a side of the strip is the end of one piece. */
export function clipLoop(loop: IndexedLoop, strip: Strip, pieces: Pieces): void {
  const { points, boxes } = loop;
  if (isBeside(boxes, 0, strip)) return;
  const { lu, lv, l0, fu, fv, f0, low, high, bottom, top } = strip;
  const scale = high > low ? (top - bottom) / (high - low) : 0;
  const count = points.length / 2;
  // An edge has three points at most, where it comes in, where it ends and where it goes out; the head comes twice.
  pieces.reserve(12 * (count + 1), count + 1);
  const out = pieces.points;
  let { used } = pieces;
  /** Where the piece begins that is being followed, and at which side; −1 for none. */
  let open = -1;
  let openFrom: Side = CLOSED;
  /** A piece that began before the first vertex; it is joined to what is open at the end. */
  let head = -1;
  let headEnd = -1;
  let headTo: Side = CLOSED;
  for (let chunk = 0; 4 * (chunk + 1) < boxes.length; chunk += 1) {
    if (isBeside(boxes, 4 * (chunk + 1), strip)) continue;
    const first = chunk * CHUNK;
    const last = Math.min(count, first + CHUNK);
    let u = points[2 * first] ?? 0;
    let v = points[2 * first + 1] ?? 0;
    let f = u * fu + v * fv + f0;
    let place = f <= low ? 0 : f <= high ? 1 : 2;
    if (first === 0 && place === 1) {
      head = used;
      open = head;
      out[used] = u * lu + v * lv + l0;
      out[used + 1] = bottom + (f - low) * scale;
      used += 2;
    }
    for (let index = first + 1; index <= last; index += 1) {
      const at = index === count ? 0 : 2 * index;
      const u2 = points[at] ?? 0;
      const v2 = points[at + 1] ?? 0;
      const f2 = u2 * fu + v2 * fv + f0;
      const next = f2 <= low ? 0 : f2 <= high ? 1 : 2;
      if (next !== place) {
        if (place !== 1) {
          // Comes in from the side where it was.
          const t = ((place === 0 ? low : high) - f) / (f2 - f);
          open = used;
          openFrom = place === 0 ? BOTTOM : TOP;
          out[used] = (u + (u2 - u) * t) * lu + (v + (v2 - v) * t) * lv + l0;
          out[used + 1] = place === 0 ? bottom : top;
          used += 2;
        }
        if (next !== 1 && open >= 0) {
          const t = ((next === 0 ? low : high) - f) / (f2 - f);
          out[used] = (u + (u2 - u) * t) * lu + (v + (v2 - v) * t) * lv + l0;
          out[used + 1] = next === 0 ? bottom : top;
          used += 2;
          const to = next === 0 ? BOTTOM : TOP;
          if (open !== head) pieces.add(open, used, openFrom, to);
          else {
            // The head waits for its own beginning, which comes last.
            headEnd = used;
            headTo = to;
          }
          open = -1;
        }
      }
      if (next === 1 && open >= 0 && index < count) {
        out[used] = u2 * lu + v2 * lv + l0;
        out[used + 1] = bottom + (f2 - low) * scale;
        used += 2;
      }
      u = u2;
      v = v2;
      f = f2;
      place = next;
    }
  }
  if (head >= 0) {
    if (open >= 0 && open !== head) {
      out.copyWithin(used, head, headEnd);
      used += headEnd - head;
      pieces.add(open, used, openFrom, headTo);
    } else pieces.add(head, open === head ? used : headEnd, CLOSED, headTo);
  }
  pieces.used = used;
}
