import type { DosePlane } from './dose-plane.ts';
import type { Polygon } from './scanline.ts';

/** One line of equal dose on a plane, as x, y pairs in mm of the plane; open where it meets the grid's edge. */
export type Isoline = { points: Polygon; closed: boolean };

/**
 * The lines on which a sampled dose is `level` Gy: marching squares with linear crossings, ambiguous cells decided by
 * the bilinear saddle's value (Nielson and Hamann, IEEE Visualization 1991), so that lines never cross. A cell with an
 * unknown corner has none.
 */
export function isolines(plane: DosePlane, level: number): Isoline[] {
  const links = linksOf(plane, level);
  const { touched, one, other } = links;
  const lines: Isoline[] = [];
  // Open lines first, each from an end; what is left are rings.
  for (const edge of touched)
    if (one[edge] !== NONE && other[edge] === NONE) lines.push(follow(plane, level, links, edge));
  for (const edge of touched) if (one[edge] !== NONE) lines.push(follow(plane, level, links, edge));
  return lines;
}

const NONE = -1;

/**
 * Edges between samples that the line crosses, each joined to at most two others. An edge's number: 2·sample for the
 * one to the right of it, 2·sample + 1 for the one below.
 */
type Links = { touched: number[]; one: Int32Array; other: Int32Array };

let pool: Links = { touched: [], one: new Int32Array(), other: new Int32Array() };

/** The arrays are used again: they are as large as the plane, and all NONE whenever no line is being made. */
function emptyLinks(size: number): Links {
  if (pool.one.length < size)
    pool = { touched: [], one: new Int32Array(size).fill(NONE), other: new Int32Array(size).fill(NONE) };
  pool.touched = [];
  return pool;
}

function linksOf({ columns, rows, values }: DosePlane, level: number): Links {
  const links = emptyLinks(2 * columns * rows);
  const { touched, one, other } = links;
  const join = (a: number, b: number): void => {
    if (one[a] === NONE) {
      one[a] = b;
      touched.push(a);
    } else other[a] = b;
    if (one[b] === NONE) {
      one[b] = a;
      touched.push(b);
    } else other[b] = a;
  };
  for (let row = 0; row + 1 < rows; row += 1) {
    let at = row * columns;
    let a = values[at] as number;
    let d = values[at + columns] as number;
    for (let column = 0; column + 1 < columns; column += 1, at += 1) {
      const b = values[at + 1] as number;
      const c = values[at + columns + 1] as number;
      const corners =
        (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
      // NaN is not above: a cell that has one is found out only where others are.
      if (corners !== 0 && corners !== 15 && !Number.isNaN(a + b + c + d)) {
        const top = 2 * at;
        const bottom = 2 * (at + columns);
        const left = 2 * at + 1;
        const right = 2 * (at + 1) + 1;
        switch (corners) {
          case 1:
          case 14:
            join(left, top);
            break;
          case 2:
          case 13:
            join(top, right);
            break;
          case 4:
          case 11:
            join(right, bottom);
            break;
          case 8:
          case 7:
            join(bottom, left);
            break;
          case 3:
          case 12:
            join(left, right);
            break;
          case 6:
          case 9:
            join(top, bottom);
            break;
          default: {
            const middle = (a * c - b * d) / (a + c - b - d) >= level;
            if (middle === (corners === 5)) {
              join(top, right);
              join(bottom, left);
            } else {
              join(left, top);
              join(right, bottom);
            }
          }
        }
      }
      a = b;
      d = c;
    }
  }
  return links;
}

/** The line through an edge, taken out of the links. */
function follow(plane: DosePlane, level: number, { one, other }: Links, first: number): Isoline {
  const points: number[] = [];
  let before = NONE;
  let edge = first;
  let closed = false;
  while (true) {
    points.push(...crossing(plane, level, edge));
    const next = one[edge] === before && before !== NONE ? (other[edge] ?? NONE) : (one[edge] ?? NONE);
    one[edge] = NONE;
    other[edge] = NONE;
    if (next === NONE) break;
    if (next === first) {
      closed = true;
      break;
    }
    before = edge;
    edge = next;
  }
  return { points: Float64Array.from(points), closed };
}

function crossing(plane: DosePlane, level: number, edge: number): [number, number] {
  const { columns, values, x, y, dx, dy } = plane;
  const at = edge >> 1;
  const across = (edge & 1) === 0;
  const from = values[at] as number;
  const to = values[at + (across ? 1 : columns)] as number;
  const part = (level - from) / (to - from);
  const row = Math.floor(at / columns);
  const column = at - row * columns;
  return [x + (column + (across ? part : 0)) * dx, y + (row + (across ? 0 : part)) * dy];
}
