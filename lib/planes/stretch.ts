import { EDGE_MM, stretchNumber, type VolumeGeometry } from './geometry.ts';
import type { SliceData } from './slice-data.ts';

/**
 * A stretch along a stack's normal within which values come from the same one or two slices. Offsets in mm along the
 * normal; a shift is how far the grid is displaced there, in columns and rows.
 */
export type Stretch = {
  from: number;
  to: number;
  lower: SliceData;
  /** Joined with `lower` linearly; null: `lower` alone, as its image shows it. */
  upper: SliceData | null;
  /** Offset of the place at which `part` is 0 and the shifts are as given. */
  start: number;
  /** How much the part of `upper` grows per mm. */
  partPerMm: number;
  columnShift: number;
  rowShift: number;
  columnShiftPerMm: number;
  rowShiftPerMm: number;
};

/** Neighbours further apart than this many median slice distances are not joined: there is a slice missing. */
export const JOINED_UP_TO = 1.5;

type Slices = readonly (SliceData | null)[];

/**
 * What is known between places k and k + 1 (-1: before the first; the last place's number: behind it). The one rule of
 * what is made up and what is not: two slices that are both there, at most 1.5 median slice distances apart, are joined
 * linearly. Otherwise each of them speaks for half a slice distance to its side, as an image has a thickness, and what
 * is further from both is nothing.
 * @param slices in the order of the planes that the geometry was made of
 */
function between(geometry: VolumeGeometry, slices: Slices, k: number): Stretch[] {
  const { offsets, order, sliceDistance } = geometry;
  const last = offsets.length - 1;
  const slice = (place: number) => slices[order[place] ?? -1] ?? null;
  const a = k >= 0 ? slice(k) : null;
  const b = k < last ? slice(k + 1) : null;
  const course = courseOf(geometry, Math.min(Math.max(k, 0), last - 1));
  const from = k >= 0 ? (offsets[k] as number) : Number.NEGATIVE_INFINITY;
  const to = k < last ? (offsets[k + 1] as number) : Number.POSITIVE_INFINITY;
  const gap = to - from;
  const joined = gap <= sliceDistance * JOINED_UP_TO;
  if (a && b && joined) return [{ ...course, from, to, lower: a, upper: b }];
  const middle = (from + to) / 2;
  const edge = k < 0 || k >= last ? EDGE_MM : 0;
  const stretches: Stretch[] = [];
  if (a)
    stretches.push({
      ...{ ...course, lower: a, upper: null, from },
      to: joined ? middle : from + sliceDistance / 2 + edge,
    });
  if (b)
    stretches.push({
      ...{ ...course, lower: b, upper: null, to },
      from: joined ? middle : to - sliceDistance / 2 - edge,
    });
  return stretches;
}

/** How the grid runs between places k and k + 1. */
function courseOf({ offsets, columnShifts, rowShifts }: VolumeGeometry, k: number) {
  const start = offsets[k] as number;
  const partPerMm = 1 / ((offsets[k + 1] as number) - start);
  const columnShift = columnShifts[k] as number;
  const rowShift = rowShifts[k] as number;
  return {
    ...{ start, partPerMm, columnShift, rowShift },
    columnShiftPerMm: ((columnShifts[k + 1] as number) - columnShift) * partPerMm,
    rowShiftPerMm: ((rowShifts[k + 1] as number) - rowShift) * partPerMm,
  };
}

/** All that is known of a stack, ascending and without overlaps; where there is none of them, there is nothing. */
export function stretchesOf(geometry: VolumeGeometry, slices: Slices): Stretch[] {
  const stretches: Stretch[] = [];
  for (let k = -1; k < geometry.offsets.length; k += 1) stretches.push(...between(geometry, slices, k));
  return stretches;
}

/** The stretch that an offset along the normal lies in, or null where there is nothing. */
export function stretchAt(geometry: VolumeGeometry, slices: Slices, offset: number): Stretch | null {
  const k = stretchNumber(geometry.offsets, offset);
  return between(geometry, slices, k).find(({ from, to }) => offset >= from && offset <= to) ?? null;
}
