import { DisjointSets, joinMeeting } from './box-groups.ts';
import type { Slab } from './roi-solid.ts';
import { boundsOf, evenOddArea } from './scanline.ts';

/**
 * A body's slabs as pieces, each of them slabs that touch, ascending: in one piece are all polygons whose boxes meet in
 * the same slab or in the next one. Nothing of a piece's surface depends on another piece.
 */
export const piecesOf = (slabs: readonly Slab[]): Slab[][] => runsOf(slabs).flatMap(piecesOfRun);

/** Slabs that touch each other. */
function runsOf(slabs: readonly Slab[]): Slab[][] {
  const runs: Slab[][] = [];
  for (const slab of slabs) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.at + last.above >= slab.at - slab.below - 1e-6) runs.at(-1)?.push(slab);
    else runs.push([slab]);
  }
  return runs;
}

function piecesOfRun(run: readonly Slab[]): Slab[][] {
  const all = run.flatMap((slab, level) =>
    slab.polygons.map((polygon) => ({ level, polygon, box: boundsOf([polygon]) })),
  );
  const sets = new DisjointSets(all.length);
  let [from, middle] = [0, 0];
  for (const { polygons } of run) {
    // This slab's polygons with those of the one below.
    const to = middle + polygons.length;
    joinMeeting(
      all.slice(from, to).map(({ box }) => box),
      Array.from({ length: to - from }, (_, index) => from + index),
      sets,
    );
    [from, middle] = [middle, to];
  }
  return sets.members().map((members) => {
    const piece: Slab[] = [];
    let reached = -1;
    for (const id of members) {
      const one = all[id];
      const slab = one && run[one.level];
      if (!slab) continue;
      if (one.level === reached) piece.at(-1)?.polygons.push(one.polygon);
      else piece.push({ ...slab, polygons: [one.polygon] });
      reached = one.level;
    }
    return piece;
  });
}

/** A piece is met by so many nodes across, one of many by fewer: together they are as much work. */
const NODES_ACROSS = 28;
const LEAST_ACROSS = 12;
const FINEST_MM = 0.1;
/** Walls are met by nodes no closer than this. */
const FINEST_IN_WALL_MM = 0.25;
/** Nodes further apart than this part of half a wall's width cannot hold it. */
const THIN = 1.25;
/** Points that pieces may cost together before they all are made coarser. */
const MOST_POINTS = 500_000;
/** Nodes along a side: whatever a file's coordinates are, a plane of nodes can be held. */
const MOST_NODES = 400;

/**
 * A piece's slabs and how they are made into a surface: on nodes `step` mm apart, or by its bare walls where it is
 * thinner than these. Its triangles are at most two `reach` long, in mm: so small that a distance runs nearly straight
 * over each, which a thin wall does not make any smaller.
 */
export type Meshing = { slabs: Slab[]; step: number; reach: number; thin: boolean };

/**
 * How each piece is made: as fine as its own size and, of walls, as half their width ask for, which is area by
 * perimeter. Small pieces and thin walls would fall between nodes that are fine enough for all of the body.
 * @param coarsest mm between nodes, however large the piece
 */
export function meshingOf(pieces: readonly Slab[][], coarsest: number): Meshing[] {
  const across = Math.max(LEAST_ACROSS, NODES_ACROSS / Math.sqrt(pieces.length));
  const measured = pieces.map(measure);
  for (let coarser = 1; ; coarser *= 1.5) {
    let points = 0;
    let atCoarsest = true;
    const made = measured.map((piece): Meshing => {
      const most = Math.max(coarsest, piece.side / MOST_NODES);
      const bySize = Math.max(FINEST_MM, piece.side / across);
      const reach = Math.min(most, coarser * bySize);
      const step = Math.min(reach, coarser * Math.max(FINEST_IN_WALL_MM, piece.halfWidth));
      const thin = step > THIN * piece.halfWidth;
      if (step < most && !thin) {
        atCoarsest = false;
        points += pointsOf(piece, step, reach);
      }
      // Bare walls are flat and need no more points, however thin they are.
      return { slabs: piece.slabs, step, reach: thin ? most : reach, thin };
    });
    if (atCoarsest || points <= MOST_POINTS) return made;
  }
}

/** In mm and mm²: the longer side of its box, half the width of its walls, its walls' and its lids' areas. */
type Measured = { slabs: Slab[]; side: number; halfWidth: number; walls: number; lids: number };

function measure(slabs: Slab[]): Measured {
  const { u, v } = boundsOf(slabs.flatMap((slab) => slab.polygons));
  let [area, perimeter, walls] = [0, 0, 0];
  const areas = slabs.map((slab) => evenOddArea(slab.polygons));
  for (const [index, slab] of slabs.entries()) {
    const round = perimeterOf(slab);
    area += areas[index] ?? 0;
    perimeter += round;
    walls += round * (slab.below + slab.above);
  }
  const lids = (areas[0] ?? 0) + (areas.at(-1) ?? 0);
  const side = Math.max(u[1] - u[0], v[1] - v[0]);
  return { slabs, side, halfWidth: perimeter > 0 ? area / perimeter : 0, walls, lids };
}

function perimeterOf({ polygons }: Slab): number {
  let sum = 0;
  for (const polygon of polygons) {
    for (let at = 0; at < polygon.length; at += 2) {
      const next = (at + 2) % polygon.length;
      sum += Math.hypot(
        (polygon[next] ?? 0) - (polygon[at] ?? 0),
        (polygon[next + 1] ?? 0) - (polygon[at + 1] ?? 0),
      );
    }
  }
  return sum;
}

/** About as many points as its surface will have: some four in each cell. */
const pointsOf = ({ walls, lids }: Measured, step: number, reach: number): number =>
  (2 * walls) / (step * reach) + (4 * lids) / (step * step);
