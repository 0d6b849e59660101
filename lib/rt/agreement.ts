import { cross, dot, length, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { RoiSolid } from './roi-solid.ts';
import { boundsOf, crossings, insideLength } from './scanline.ts';
import { corner, type Surface, surfaceOf } from './surface.ts';
import { distanceTo } from './triangle-tree.ts';
import { type Mm, mm } from './units.ts';

/** Surfaces this close agree, unless the caller says otherwise. */
export const TOLERANCE: Mm = mm(2);

export type Agreement = {
  /** 2|A∩B| / (|A|+|B|) of the slab bodies. */
  dice: number;
  /** Share of both surfaces within `tolerance` of the other one. */
  surfaceDice: number;
  tolerance: Mm;
  /** The larger of both directions' 95th percentiles of surface distances. */
  hd95: Mm;
  /** Hausdorff distance: the largest surface distance. */
  hd: Mm;
  /** Mean surface distance over both surfaces. */
  mean: Mm;
};

export type AgreementResult =
  | { known: true; agreement: Agreement }
  | { known: false; reason: 'frame_of_reference_differs' | 'planes_not_parallel' };

/** How far two bodies agree. All surface figures are weighted by area. */
export function agreementOf(a: RoiSolid, b: RoiSolid, tolerance: Mm = TOLERANCE): AgreementResult {
  if (a.frameOfReferenceUid !== b.frameOfReferenceUid)
    return { known: false, reason: 'frame_of_reference_differs' };
  if (dot(a.normal, b.normal) < 1 - 1e-9) return { known: false, reason: 'planes_not_parallel' };
  const step = stepOf(a, b);
  const surfaceA = surfaceOf(a, step);
  const surfaceB = surfaceOf(b, step);
  const ways = [distances(surfaceA, surfaceB), distances(surfaceB, surfaceA)];
  const both = ways.flat();
  const area = total(both);
  return {
    known: true,
    agreement: {
      dice: diceOf(a, b),
      surfaceDice: total(both.filter((one) => one.distance <= tolerance)) / area,
      tolerance,
      hd95: mm(Math.max(...ways.map((way) => percentile(way, 0.95)))),
      hd: mm(both.reduce((most, one) => Math.max(most, one.distance), 0)),
      mean: mm(both.reduce((sum, one) => sum + one.distance * one.area, 0) / area),
    },
  };
}

/** Fine enough for a small node, coarse enough for a lung: mm between nodes in plane. */
function stepOf(a: RoiSolid, b: RoiSolid): number {
  const sides = [a, b].map((solid) => {
    const { u, v } = boundsOf(solid.slabs.flatMap((slab) => slab.polygons));
    return Math.max(u[1] - u[0], v[1] - v[0]);
  });
  return Math.min(2, Math.max(0.1, Math.min(...sides) / 32));
}

type Sample = { distance: number; area: number };

const total = (samples: readonly Sample[]): number => samples.reduce((sum, one) => sum + one.area, 0);

function distances(from: Surface, to: Surface): Sample[] {
  const distance = distanceTo(to);
  const samples: Sample[] = [];
  let previous: { centre: Mm3; distance: number } | undefined;
  for (let triangle = 0; triangle < from.length / 9; triangle += 1) {
    const a = corner(from, triangle, 0);
    const b = corner(from, triangle, 1);
    const c = corner(from, triangle, 2);
    const area = length(cross(subtract(b, a), subtract(c, a))) / 2;
    if (area < 1e-12) continue;
    const centre: Mm3 = [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3, (a[2] + b[2] + c[2]) / 3];
    // Neighbouring triangles have nearly the same distance: most of the tree need not be looked at.
    const atMost = previous ? previous.distance + length(subtract(centre, previous.centre)) : Infinity;
    previous = { centre, distance: distance(centre, atMost) };
    samples.push({ distance: previous.distance, area });
  }
  return samples;
}

function percentile(samples: readonly Sample[], share: number): number {
  const sorted = [...samples].sort((a, b) => a.distance - b.distance);
  const target = total(sorted) * share;
  let sum = 0;
  for (const one of sorted) {
    sum += one.area;
    if (sum >= target) return one.distance;
  }
  return sorted.at(-1)?.distance ?? 0;
}

const LINES = 256;

/** Dice of the slab bodies: exact along lines and along the normal, LINES lines across. */
function diceOf(a: RoiSolid, b: RoiSolid): number {
  const faces = [a, b].flatMap((one) =>
    one.slabs.flatMap(({ at, below, above }) => [at - below, at + above]),
  );
  const levels = [...new Set(faces)].sort((x, y) => x - y);
  const { v } = boundsOf([a, b].flatMap((one) => one.slabs.flatMap((slab) => slab.polygons)));
  const height = (v[1] - v[0]) / LINES;
  let [sum, overlap] = [0, 0];
  for (let index = 1; index < levels.length; index += 1) {
    const low = levels[index - 1] ?? 0;
    const thickness = (levels[index] ?? 0) - low;
    if (thickness < 1e-6) continue;
    const inA = polygonsAt(a, low + thickness / 2);
    const inB = polygonsAt(b, low + thickness / 2);
    for (let line = 0; line < LINES; line += 1) {
      const at = v[0] + (line + 0.5) * height;
      const endsA = crossings(inA, at);
      const endsB = crossings(inB, at);
      sum += (insideLength(endsA) + insideLength(endsB)) * thickness;
      overlap += commonLength(endsA, endsB) * thickness;
    }
  }
  return sum > 0 ? (2 * overlap) / sum : 0;
}

const polygonsAt = (solid: RoiSolid, w: number) =>
  solid.slabs.find((slab) => w >= slab.at - slab.below && w <= slab.at + slab.above)?.polygons ?? [];

function commonLength(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < a.length; i += 2) {
    for (let j = 0; j + 1 < b.length; j += 2) {
      const from = Math.max(a[i] ?? 0, b[j] ?? 0);
      const to = Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0);
      if (to > from) sum += to - from;
    }
  }
  return sum;
}
