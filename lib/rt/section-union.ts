import type { Polygon } from './scanline.ts';
import type { Piece } from './section-strip.ts';

/** What one slab has on a plane, and whether the next one begins where it ends; if not, each has a lid of its own. */
export type SlabPieces = { pieces: readonly Piece[]; touchesNext: boolean };

/** One end of a piece, where it meets the plane between two slabs. */
type End = { piece: number; atStart: boolean; l: number };

/**
 * Joins the pieces that neighbouring slabs have on a plane to the outline of their union. Where two slabs touch, the
 * ends of both are sorted along the line between them; from the first to the second, from the third to the fourth, …
 * one slab is inside and the other is not, and just there the outline runs along that line.
 * @param slabs from the lowest to the highest
 */
export function joinPieces(slabs: readonly SlabPieces[]): Polygon[] {
  const all: Piece[] = [];
  for (const { pieces } of slabs) for (const piece of pieces) all.push(piece);
  const partner = new Int32Array(2 * all.length).fill(-1);
  let first = 0;
  let ends: End[] = [];
  let touching = false;
  for (const { pieces, touchesNext } of slabs) {
    if (!touching) {
      pair(ends, partner);
      ends = [];
    }
    addEnds(pieces, first, 'bottom', ends);
    pair(ends, partner);
    ends = [];
    addEnds(pieces, first, 'top', ends);
    touching = touchesNext;
    first += pieces.length;
  }
  pair(ends, partner);
  return trace(all, partner);
}

/** From the first to the second, from the third to the fourth: one is inside there and the other is not. */
function pair(ends: End[], partner: Int32Array): void {
  if (ends.length === 0) return;
  ends.sort((a, b) => a.l - b.l);
  for (let at = 0; at + 1 < ends.length; at += 2) {
    const [a, b] = [ends[at], ends[at + 1]];
    if (!a || !b) continue;
    partner[endOf(a)] = endOf(b);
    partner[endOf(b)] = endOf(a);
  }
}

const endOf = ({ piece, atStart }: End): number => 2 * piece + (atStart ? 0 : 1);

function addEnds(pieces: readonly Piece[], first: number, side: 'bottom' | 'top', ends: End[]): void {
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece?.from === side) ends.push({ piece: first + index, atStart: true, l: piece.points[0] ?? 0 });
    if (piece?.to === side)
      ends.push({ piece: first + index, atStart: false, l: piece.points[piece.points.length - 2] ?? 0 });
  }
}

function trace(pieces: readonly Piece[], partner: Int32Array): Polygon[] {
  const loops: Polygon[] = [];
  const done = new Uint8Array(pieces.length);
  for (let start = 0; start < pieces.length; start += 1) {
    if (done[start]) continue;
    const loop: number[] = [];
    let piece = start;
    let forward = true;
    while (!done[piece]) {
      done[piece] = 1;
      const one = pieces[piece];
      if (!one) break;
      add(loop, one.points, forward);
      if (one.from === null) break;
      const next: number = partner[2 * piece + (forward ? 1 : 0)] ?? -1;
      if (next < 0) break;
      piece = next >> 1;
      forward = (next & 1) === 0;
    }
    if (loop.length >= 6) loops.push(Float64Array.from(loop));
  }
  return loops;
}

/** Adds a piece's points in either direction; a point that is there already is not added again. */
function add(loop: number[], points: readonly number[], forward: boolean): void {
  for (let at = 0; at < points.length; at += 2) {
    const from = forward ? at : points.length - 2 - at;
    const x = points[from] ?? 0;
    const y = points[from + 1] ?? 0;
    if (loop.length > 1 && loop[loop.length - 2] === x && loop[loop.length - 1] === y) continue;
    loop.push(x, y);
  }
}
