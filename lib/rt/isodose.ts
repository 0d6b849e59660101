import type { DosePlane } from './dose-plane.ts';
import { type Isoline, Links } from './isodose-links.ts';

export type { Isoline } from './isodose-links.ts';

/** The band of a sample whose dose is not known; more levels than that are never asked for. */
const UNKNOWN = 255;

/**
 * For each level in Gy the lines on which a sampled dose has it: marching squares with linear crossings, ambiguous
 * cells decided by the bilinear saddle's value (Nielson and Hamann, IEEE Visualization 1991), so that lines never
 * cross. A cell with an unknown corner has none.
 */
export function isolinesOf(plane: DosePlane, levels: readonly number[]): Isoline[][] {
  const order = [...levels.keys()].sort((a, b) => (levels[a] ?? 0) - (levels[b] ?? 0));
  const ascending = order.map((index) => levels[index] ?? 0);
  const cells = crossedCells(plane, ascending);
  const found: Isoline[][] = levels.map(() => []);
  order.forEach((index, rank) => {
    found[index] = linesThrough(plane, ascending[rank] ?? 0, cells[rank] ?? []);
  });
  return found;
}

/** For each of the ascending levels the cells that its line passes, by their first sample. */
function crossedCells({ columns, rows, values }: DosePlane, levels: readonly number[]): number[][] {
  const cells: number[][] = levels.map(() => []);
  // How many levels a sample reaches. Neighbours mostly reach the same ones.
  const bands = new Uint8Array(values.length);
  let band = 0;
  for (let at = 0; at < values.length; at += 1) {
    const dose = values[at] as number;
    if (Number.isNaN(dose)) {
      bands[at] = UNKNOWN;
      continue;
    }
    while (band > 0 && dose < (levels[band - 1] as number)) band -= 1;
    while (band < levels.length && dose >= (levels[band] as number)) band += 1;
    bands[at] = band;
  }
  for (let row = 0; row + 1 < rows; row += 1) {
    let at = row * columns;
    let a = bands[at] as number;
    let d = bands[at + columns] as number;
    for (let column = 0; column + 1 < columns; column += 1, at += 1) {
      const b = bands[at + 1] as number;
      const c = bands[at + columns + 1] as number;
      if (a !== b || b !== c || c !== d) {
        const high = Math.max(a, b, c, d);
        const low = Math.min(a, b, c, d);
        if (high !== UNKNOWN) for (let level = low; level < high; level += 1) cells[level]?.push(at);
      }
      a = b;
      d = c;
    }
  }
  return cells;
}

function linesThrough(plane: DosePlane, level: number, cells: readonly number[]): Isoline[] {
  const { columns, rows, values } = plane;
  const links = new Links(columns * rows);
  for (const at of cells) {
    const a = values[at] as number;
    const b = values[at + 1] as number;
    const c = values[at + columns + 1] as number;
    const d = values[at + columns] as number;
    const top = 2 * at;
    const bottom = 2 * (at + columns);
    const left = 2 * at + 1;
    const right = 2 * (at + 1) + 1;
    switch ((a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0)) {
      case 1:
      case 14:
        links.join(left, top);
        break;
      case 2:
      case 13:
        links.join(top, right);
        break;
      case 4:
      case 11:
        links.join(right, bottom);
        break;
      case 7:
      case 8:
        links.join(bottom, left);
        break;
      case 3:
      case 12:
        links.join(left, right);
        break;
      case 6:
      case 9:
        links.join(top, bottom);
        break;
      case 5:
      case 10: {
        // Where the saddle is above, what is above holds together, and the lines part what is below.
        const above = (a * c - b * d) / (a + c - b - d) >= level;
        const partsBAndD = above === a >= level;
        links.join(partsBAndD ? top : left, partsBAndD ? right : top);
        links.join(partsBAndD ? bottom : right, partsBAndD ? left : bottom);
        break;
      }
    }
  }
  return links.lines((edge) => crossing(plane, level, edge));
}

/** Where the line crosses the edge between two samples, in mm. */
function crossing(plane: DosePlane, level: number, edge: number): readonly [number, number] {
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
