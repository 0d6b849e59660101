import type { Mm3 } from '../dicom/image-plane.ts';
import type { Surface } from './surface.ts';

const LEAF = 4;

/** A box (lowest, then highest u, v, w in mm) round the triangles `from` to `to` of the order, or round two halves. */
type Node = { box: Float64Array; from: number; to: number; halves?: readonly [Node, Node] };

/**
 * Shortest distance in mm from points to a surface, by a tree of boxes.
 * @returns a function of a point and of a distance known to be reached at most (Infinity when none is known)
 */
export function distanceTo({ points, corners }: Surface): (point: Mm3, atMost?: number) => number {
  // Nine numbers a triangle, side by side: it runs millions of times.
  const surface = new Float64Array(corners.length * 3);
  corners.forEach((corner, at) => {
    surface.set(points.subarray(corner * 3, corner * 3 + 3), at * 3);
  });
  const order = Int32Array.from({ length: surface.length / 9 }, (_, index) => index);
  const centres = Float64Array.from({ length: order.length * 3 }, (_, at) => {
    const first = Math.floor(at / 3) * 9 + (at % 3);
    return ((surface[first] ?? 0) + (surface[first + 3] ?? 0) + (surface[first + 6] ?? 0)) / 3;
  });
  const root = build(surface, centres, order, 0, order.length);
  const visit = (node: Node, x: number, y: number, z: number, most: number): number => {
    if (!node.halves) {
      let best = most;
      for (let at = node.from; at < node.to; at += 1) {
        const squared = triangleDistance(surface, (order[at] ?? 0) * 9, x, y, z);
        if (squared < best) best = squared;
      }
      return best;
    }
    const [low, high] = node.halves;
    const toLow = boxDistance(low.box, x, y, z);
    const toHigh = boxDistance(high.box, x, y, z);
    let best = most;
    if (toLow <= toHigh) {
      if (toLow < best) best = visit(low, x, y, z, best);
      if (toHigh < best) best = visit(high, x, y, z, best);
    } else {
      if (toHigh < best) best = visit(high, x, y, z, best);
      if (toLow < best) best = visit(low, x, y, z, best);
    }
    return best;
  };
  return (point, atMost = Infinity) =>
    Math.sqrt(visit(root, point[0], point[1], point[2], (atMost + 1e-9) ** 2));
}

function build(
  surface: Float64Array,
  centres: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
): Node {
  const box = Float64Array.from([Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]);
  for (let at = from; at < to; at += 1) {
    for (let k = 0; k < 9; k += 1) {
      const value = surface[(order[at] ?? 0) * 9 + k] ?? 0;
      const axis = k % 3;
      box[axis] = Math.min(box[axis] ?? 0, value);
      box[axis + 3] = Math.max(box[axis + 3] ?? 0, value);
    }
  }
  if (to - from <= LEAF) return { box, from, to };
  const side = (axis: number): number => (box[axis + 3] ?? 0) - (box[axis] ?? 0);
  const axis = [0, 1, 2].reduce((best, one) => (side(one) > side(best) ? one : best), 0);
  order.subarray(from, to).sort((a, b) => (centres[a * 3 + axis] ?? 0) - (centres[b * 3 + axis] ?? 0));
  const middle = (from + to) >> 1;
  const halves = [
    build(surface, centres, order, from, middle),
    build(surface, centres, order, middle, to),
  ] as const;
  return { box, from, to, halves };
}

function boxDistance(box: Float64Array, x: number, y: number, z: number): number {
  const dx = Math.max((box[0] ?? 0) - x, 0, x - (box[3] ?? 0));
  const dy = Math.max((box[1] ?? 0) - y, 0, y - (box[4] ?? 0));
  const dz = Math.max((box[2] ?? 0) - z, 0, z - (box[5] ?? 0));
  return dx * dx + dy * dy + dz * dz;
}

/** Squared length of p − (v·ab + w·ac). */
const away = (
  x: number,
  y: number,
  z: number,
  abx: number,
  aby: number,
  abz: number,
  acx: number,
  acy: number,
  acz: number,
  v: number,
  w: number,
): number => (x - v * abx - w * acx) ** 2 + (y - v * aby - w * acy) ** 2 + (z - v * abz - w * acz) ** 2;

/**
 * Squared distance in mm² of a point from the triangle that starts at `at`, by the region of its nearest feature
 * (Ericson, Real-Time Collision Detection, 5.1.5). Written out in numbers: it runs millions of times.
 */
function triangleDistance(s: Float64Array, at: number, px: number, py: number, pz: number): number {
  const ax = s[at] ?? 0;
  const ay = s[at + 1] ?? 0;
  const az = s[at + 2] ?? 0;
  const abx = (s[at + 3] ?? 0) - ax;
  const aby = (s[at + 4] ?? 0) - ay;
  const abz = (s[at + 5] ?? 0) - az;
  const acx = (s[at + 6] ?? 0) - ax;
  const acy = (s[at + 7] ?? 0) - ay;
  const acz = (s[at + 8] ?? 0) - az;
  const x = px - ax;
  const y = py - ay;
  const z = pz - az;
  const d1 = abx * x + aby * y + abz * z;
  const d2 = acx * x + acy * y + acz * z;
  const pp = x * x + y * y + z * z;
  if (d1 <= 0 && d2 <= 0) return pp;
  const bb = abx * abx + aby * aby + abz * abz;
  const bc = abx * acx + aby * acy + abz * acz;
  const c2 = acx * acx + acy * acy + acz * acz;
  const d3 = d1 - bb;
  const d4 = d2 - bc;
  if (d3 >= 0 && d4 <= d3) return away(x, y, z, abx, aby, abz, acx, acy, acz, 1, 0);
  const vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return away(x, y, z, abx, aby, abz, acx, acy, acz, d1 / (d1 - d3), 0);
  const d5 = d1 - bc;
  const d6 = d2 - c2;
  if (d6 >= 0 && d5 <= d6) return away(x, y, z, abx, aby, abz, acx, acy, acz, 0, 1);
  const vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return away(x, y, z, abx, aby, abz, acx, acy, acz, 0, d2 / (d2 - d6));
  const va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 >= d3 && d5 >= d6) {
    const w = (d4 - d3) / (d4 - d3 + d5 - d6);
    return away(x, y, z, abx, aby, abz, acx, acy, acz, 1 - w, w);
  }
  const sum = va + vb + vc;
  return sum > 0 ? away(x, y, z, abx, aby, abz, acx, acy, acz, vb / sum, vc / sum) : pp;
}
