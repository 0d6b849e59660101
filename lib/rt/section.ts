import { dot, type Mm3 } from '../dicom/image-plane.ts';
import type { RoiSolid, Slab } from './roi-solid.ts';
import type { Polygon } from './scanline.ts';
import type { Body, LoopsOf, RoiIndex } from './section-index.ts';
import { cutLoose } from './section-loose.ts';
import { Pieces } from './section-pieces.ts';
import type { CutPlane, Section } from './section-plane.ts';
import { clipLoop, ROUNDING_MM, type Strip } from './section-strip.ts';
import { joinPieces, type SlabPieces } from './section-union.ts';

/** Planes closer than this count as touching, in mm. */
const TOUCHING_MM = 1e-3;

/**
 * The cut of an ROI by a plane. Its body is `roiSolid`'s: each contour is a slab, from half-way to one neighbour to
 * half-way to the other. A plane parallel to the contours shows the contour whose slab it lies in. Any other plane
 * shows the outline of the slabs' union, a stair: where two slabs touch, only what one has and the other has not is an
 * edge. In a gap nothing is shown.
 */
export function sectionOf(index: RoiIndex, plane: CutPlane): Section {
  const { body } = index;
  const loops = body.known ? cutBody(body, index.loopsOf, plane) : [];
  const section: Section = { loops, lines: [], marks: [] };
  for (const loose of index.loose) cutLoose(loose, plane, index.tolerance, body.known, section);
  return section;
}

/** Of the cut that is being made; all of them use it in turn. */
const pieces = new Pieces();

/** The outlines of a body on a plane, in the plane's own x and y. */
export function cutBody(body: Body, loopsOf: LoopsOf, plane: CutPlane): Polygon[] {
  const { solid, middle, half, extent } = body;
  const right = alongAxes(solid, plane.right);
  const down = alongAxes(solid, plane.down);
  const normal = alongAxes(solid, plane.normal);
  const away = plane.depth - dot(middle, normal);
  // Beside the body's box.
  const reach = Math.abs(normal[0]) * half[0] + Math.abs(normal[1]) * half[1] + Math.abs(normal[2]) * half[2];
  if (Math.abs(away) > reach + TOUCHING_MM) return [];
  const steep = Math.hypot(right[2], down[2]);
  if (steep * extent < solid.spacing / 10) {
    // The point of the plane nearest to the body's middle says which slab it lies in.
    const w = middle[2] + normal[2] * away;
    const slab = slabAt(solid.slabs, w);
    return slab === null ? [] : loopsOf(slab).map(({ points }) => placed(points, right, down, w));
  }
  // On the plane: `rise` goes up along the contours' normal, `level` stays in one contour plane.
  const rise = [right[2] / steep, down[2] / steep] as const;
  const level = [-rise[1], rise[0]] as const;
  const slabs = cutSlabs(loopsOf, body, { right, down, normal, steep, rise, level }, plane.depth);
  const loops = joinPieces(pieces, slabs);
  for (const loop of loops) {
    for (let at = 0; at < loop.length; at += 2) {
      const l = loop[at] ?? 0;
      const k = loop[at + 1] ?? 0;
      loop[at] = l * level[0] + k * rise[0];
      loop[at + 1] = l * level[1] + k * rise[1];
    }
  }
  return loops;
}

const alongAxes = (solid: RoiSolid, axis: Mm3): Mm3 => [
  dot(axis, solid.uAxis),
  dot(axis, solid.vAxis),
  dot(axis, solid.normal),
];

type Way = readonly [number, number];
/** The plane's axes along the body's own, and the ways of rising and of staying level on it. */
type Axes = { right: Mm3; down: Mm3; normal: Mm3; steep: number; rise: Way; level: Way };

/** Fills `pieces` with what each slab has on the plane, from the lowest to the highest. */
function cutSlabs(loopsOf: LoopsOf, { solid, middle, half }: Body, axes: Axes, depth: number): SlabPieces {
  const { right, down, normal, steep, rise, level } = axes;
  const [lu, lv] = [0, 1].map((axis) => (right[axis] ?? 0) * level[0] + (down[axis] ?? 0) * level[1]) as [
    number,
    number,
  ];
  const [gu, gv] = [0, 1].map((axis) => (right[axis] ?? 0) * rise[0] + (down[axis] ?? 0) * rise[1]) as [
    number,
    number,
  ];
  // The plane's own point nearest to the patient's origin.
  const [u0, v0, w0] = [normal[0] * depth, normal[1] * depth, normal[2] * depth];
  const lean = Math.hypot(gu, gv);
  const [fu, fv] = lean > 1e-9 ? [gu / lean, gv / lean] : [-lv, lu];
  const strip: Strip = {
    lu,
    lv,
    l0: -(u0 * lu + v0 * lv),
    fu,
    fv,
    f0: -(u0 * fu + v0 * fv),
    low: 0,
    high: 0,
    bottom: 0,
    top: 0,
  };
  // Where the whole body lies across the strips: most slabs have nothing on a plane that leans a little.
  const across = middle[0] * fu + middle[1] * fv + strip.f0;
  const reach = half[0] * Math.abs(fu) + half[1] * Math.abs(fv) + ROUNDING_MM;
  const { slabs } = solid;
  const upTo = new Int32Array(slabs.length);
  const touchesNext = new Uint8Array(slabs.length);
  pieces.clear();
  for (let at = 0; at < slabs.length; at += 1) {
    const slab = slabs[at];
    if (!slab) continue;
    strip.bottom = (slab.at - slab.below - w0) / steep;
    strip.top = (slab.at + slab.above - w0) / steep;
    strip.low = strip.bottom * lean;
    strip.high = strip.top * lean;
    if (across - reach <= strip.high && across + reach >= strip.low)
      for (const loop of loopsOf(at)) clipLoop(loop, strip, pieces);
    upTo[at] = pieces.count;
    const above = slabs[at + 1];
    const gap = above ? above.at - above.below - (slab.at + slab.above) : Infinity;
    touchesNext[at] = gap < TOUCHING_MM ? 1 : 0;
  }
  return { upTo, touchesNext };
}

/** The slab at a height, by bisection; on a border the lower one. */
function slabAt(slabs: readonly Slab[], w: number): number | null {
  let low = 0;
  let high = slabs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const slab = slabs[middle];
    if (slab && slab.at + slab.above + TOUCHING_MM < w) low = middle + 1;
    else high = middle;
  }
  const slab = slabs[low];
  return slab && slab.at - slab.below - TOUCHING_MM <= w ? low : null;
}

function placed(points: Polygon, right: Mm3, down: Mm3, w: number): Polygon {
  const moved = new Float64Array(points.length);
  for (let at = 0; at < points.length; at += 2) {
    const u = points[at] ?? 0;
    const v = points[at + 1] ?? 0;
    moved[at] = u * right[0] + v * right[1] + w * right[2];
    moved[at + 1] = u * down[0] + v * down[1] + w * down[2];
  }
  return moved;
}
