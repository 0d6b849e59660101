import type { Polygon } from './scanline.ts';

/** One line of equal dose on a plane, as x, y pairs in mm of the plane; open where it meets the grid's edge. */
export type Isoline = { points: Polygon; closed: boolean };

const NONE = -1;

/** Arrays as large as the plane, used again and again: every entry is NONE whenever no line is being made. */
let one = new Int32Array();
let other = new Int32Array();

/**
 * Edges between samples that one line crosses, each joined to at most two others. An edge's number is 2·sample for the
 * one to the right of that sample, 2·sample + 1 for the one below. One at a time: make, join, `lines`.
 */
export class Links {
  private readonly touched: number[] = [];

  constructor(samples: number) {
    if (one.length >= 2 * samples) return;
    one = new Int32Array(2 * samples).fill(NONE);
    other = new Int32Array(2 * samples).fill(NONE);
  }

  /** The line runs from the one edge straight to the other. */
  join(a: number, b: number): void {
    this.link(a, b);
    this.link(b, a);
  }

  private link(edge: number, to: number): void {
    if (one[edge] === NONE) {
      one[edge] = to;
      this.touched.push(edge);
    } else {
      other[edge] = to;
    }
  }

  /** All lines; the links are empty afterwards. */
  lines(place: (edge: number) => readonly [number, number]): Isoline[] {
    const found: Isoline[] = [];
    // Open lines first, each from an end; what is left are rings.
    for (const edge of this.touched)
      if (one[edge] !== NONE && other[edge] === NONE) found.push(follow(edge, place));
    for (const edge of this.touched) if (one[edge] !== NONE) found.push(follow(edge, place));
    return found;
  }
}

function follow(first: number, place: (edge: number) => readonly [number, number]): Isoline {
  const points: number[] = [];
  let before = NONE;
  let edge = first;
  while (true) {
    const [x, y] = place(edge);
    points.push(x, y);
    const next = before !== NONE && one[edge] === before ? (other[edge] ?? NONE) : (one[edge] ?? NONE);
    one[edge] = NONE;
    other[edge] = NONE;
    if (next === NONE || next === first) return { points: Float64Array.from(points), closed: next === first };
    before = edge;
    edge = next;
  }
}
