import type { Mm3 } from '../dicom/image-plane.ts';
import { type Contour, pointCount, type Roi, type StructureSet } from '../dicom/rtstruct.ts';
import { isClosed } from './contour-outline.ts';
import { boundaryLoops } from './keyhole.ts';
import { type NoSolid, type RoiSolid, roiSolid, type Slab } from './roi-solid.ts';
import { boundsOf } from './scanline.ts';
import { type IndexedLoop, indexLoop } from './section-strip.ts';
import { drawnOn, type Slices } from './slices.ts';

/** For contours whose plane distance nobody knows: they belong to planes this close, in mm. */
const LONE_MM = 1;

/** A contour that is no part of a body: a point, an open curve, or any curve of an ROI that makes no body. */
export type LooseContour = { contour: Contour; low: Mm3; high: Mm3 };

/** A body with the middle of its box in its own u, v, w, half of the box's sides, and the length of its diagonal, in mm. */
export type Body = { solid: RoiSolid; middle: Mm3; half: Mm3; extent: number };

/** The boundaries of one of a body's slabs, made when they are first asked for. */
export type LoopsOf = (slab: number) => readonly IndexedLoop[];

/** One ROI made ready to be cut by any plane. */
export type RoiIndex = {
  roi: Roi;
  /** The body of the closed contours, or why there is none; then they are seen only on planes that they lie on. */
  body: ({ known: true } & Body) | { known: false; reason: NoSolid };
  loose: readonly LooseContour[];
  /** Loose contours are seen on planes this close, in mm: half the distance of the contour planes. */
  tolerance: number;
  loopsOf: LoopsOf;
};

/**
 * A structure set's ROIs made ready to be cut, each when it is first asked for by its number.
 * @param slices the images that it was drawn on, where they are here
 */
export function indexSections(
  set: StructureSet,
  slices: Slices | null = null,
): { get: (number: number) => RoiIndex | undefined } {
  const { planeDistance } = drawnOn(set, slices);
  const kept = new Map<number, RoiIndex>();
  return {
    get: (number) => {
      const roi = kept.has(number) ? undefined : set.rois.find((one) => one.number === number);
      if (roi) kept.set(number, indexRoi(roi, planeDistance, slices));
      return kept.get(number);
    },
  };
}

/** @param fallback mm between planes for an ROI drawn on a single one; null when unknown */
export function indexRoi(roi: Roi, fallback: number | null, slices: Slices | null = null): RoiIndex {
  const result = roiSolid(roi, fallback, slices);
  const inBody = (contour: Contour): boolean => result.known && isClosed(contour) && pointCount(contour) > 2;
  return {
    roi,
    body: result.known ? { known: true, ...bodyOf(result.solid) } : { known: false, reason: result.reason },
    loose: roi.contours.filter((contour) => !inBody(contour)).map(boxed),
    tolerance: (result.known ? result.solid.spacing : (fallback ?? LONE_MM)) / 2,
    loopsOf: loopsOfSlabs(result.known ? result.solid.slabs : []),
  };
}

export function loopsOfSlabs(slabs: readonly Slab[]): LoopsOf {
  const kept: (IndexedLoop[] | undefined)[] = slabs.map(() => undefined);
  return (slab) => {
    const known = kept[slab];
    if (known) return known;
    const made = (slabs[slab]?.polygons ?? []).flatMap(boundaryLoops).map(indexLoop);
    kept[slab] = made;
    return made;
  };
}

export function bodyOf(solid: RoiSolid): Body {
  const { u, v } = boundsOf(solid.slabs.flatMap((slab) => slab.polygons));
  const [first, last] = [solid.slabs[0], solid.slabs.at(-1)];
  const w = [(first?.at ?? 0) - (first?.below ?? 0), (last?.at ?? 0) + (last?.above ?? 0)] as const;
  return {
    solid,
    middle: [(u[0] + u[1]) / 2, (v[0] + v[1]) / 2, (w[0] + w[1]) / 2],
    half: [(u[1] - u[0]) / 2, (v[1] - v[0]) / 2, (w[1] - w[0]) / 2],
    extent: Math.hypot(u[1] - u[0], v[1] - v[0], w[1] - w[0]),
  };
}

function boxed(contour: Contour): LooseContour {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < contour.points.length; at += 1) {
    const axis = (at % 3) as 0 | 1 | 2;
    const value = contour.points[at] ?? 0;
    if (value < low[axis]) low[axis] = value;
    if (value > high[axis]) high[axis] = value;
  }
  return { contour, low, high };
}
