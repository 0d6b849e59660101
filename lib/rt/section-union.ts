import type { Polygon } from './scanline.ts';
import { BOTTOM, CLOSED, type Pieces, TOP } from './section-pieces.ts';

/** Which pieces each slab has, from the lowest to the highest, and whether the next one begins where it ends. */
export type SlabPieces = {
  /** How many pieces there are up to each slab's last one. */
  upTo: Int32Array;
  /** 1 or 0; if not, each of the two has a lid of its own. */
  touchesNext: Uint8Array;
};

/** Ends of pieces on the plane between two slabs, sorted along it; an end is 2 · piece, or 1 more where it stops. */
type Ends = { of: Int32Array; l: Float64Array; count: number };

/**
 * Joins the pieces that neighbouring slabs have on a plane to the outline of their union. Where two slabs touch, the
 * ends of both are sorted along the line between them; from the first to the second, from the third to the fourth, …
 * one slab is inside and the other is not, and just there the outline runs along that line.
 */
export function joinPieces(pieces: Pieces, { upTo, touchesNext }: SlabPieces): Polygon[] {
  if (pieces.count === 0) return [];
  const partner = new Int32Array(2 * pieces.count).fill(-1);
  const ends = { of: new Int32Array(2 * pieces.count), l: new Float64Array(2 * pieces.count), count: 0 };
  let first = 0;
  let touching = false;
  for (let slab = 0; slab < upTo.length; slab += 1) {
    const end = upTo[slab] ?? 0;
    if (!touching) pair(ends, partner);
    addEnds(pieces, first, end, BOTTOM, ends);
    pair(ends, partner);
    addEnds(pieces, first, end, TOP, ends);
    touching = touchesNext[slab] === 1;
    first = end;
  }
  pair(ends, partner);
  return trace(pieces, partner);
}

/** From the first to the second, from the third to the fourth: one is inside there and the other is not. */
function pair(ends: Ends, partner: Int32Array): void {
  const { of, count } = ends;
  for (let at = 0; at + 1 < count; at += 2) {
    const [a, b] = [of[at] ?? 0, of[at + 1] ?? 0];
    partner[a] = b;
    partner[b] = a;
  }
  ends.count = 0;
}

function addEnds(
  pieces: Pieces,
  first: number,
  end: number,
  side: typeof BOTTOM | typeof TOP,
  ends: Ends,
): void {
  const { from, to, starts, ends: stops, points } = pieces;
  for (let piece = first; piece < end; piece += 1) {
    if (from[piece] === side) insert(ends, 2 * piece, points[starts[piece] ?? 0] ?? 0);
    if (to[piece] === side) insert(ends, 2 * piece + 1, points[(stops[piece] ?? 0) - 2] ?? 0);
  }
}

/** Few at a time: sorted as they come. */
function insert(ends: Ends, one: number, l: number): void {
  const { of, l: places } = ends;
  let at = ends.count;
  ends.count += 1;
  for (; at > 0 && (places[at - 1] ?? 0) > l; at -= 1) {
    places[at] = places[at - 1] ?? 0;
    of[at] = of[at - 1] ?? 0;
  }
  places[at] = l;
  of[at] = one;
}

function trace(pieces: Pieces, partner: Int32Array): Polygon[] {
  const loops: Polygon[] = [];
  const { count, from } = pieces;
  const done = new Uint8Array(count);
  const loop = new Float64Array(pieces.used);
  for (let start = 0; start < count; start += 1) {
    if (done[start]) continue;
    let length = 0;
    let piece = start;
    let forward = true;
    while (!done[piece]) {
      done[piece] = 1;
      length = append(loop, length, pieces, piece, forward);
      if (from[piece] === CLOSED) break;
      const next: number = partner[2 * piece + (forward ? 1 : 0)] ?? -1;
      if (next < 0) break;
      piece = next >> 1;
      forward = (next & 1) === 0;
    }
    if (length >= 6) loops.push(loop.slice(0, length));
  }
  return loops;
}

/** Adds a piece's points in either direction; a point that is there already is not added again. */
function append(loop: Polygon, length: number, pieces: Pieces, piece: number, forward: boolean): number {
  const { points } = pieces;
  const [start, end] = [pieces.starts[piece] ?? 0, pieces.ends[piece] ?? 0];
  const step = forward ? 2 : -2;
  let to = length;
  for (let at = forward ? start : end - 2; at >= start && at < end; at += step) {
    const x = points[at] ?? 0;
    const y = points[at + 1] ?? 0;
    if (to > 1 && loop[to - 2] === x && loop[to - 1] === y) continue;
    loop[to] = x;
    loop[to + 1] = y;
    to += 2;
  }
  return to;
}
