import { ceilings } from './ceilings.ts';
import { type Piece, spherePieces } from './sphere-mean.ts';
import { type Box, boxRound, indexIn, valuesIn } from './voxel-box.ts';
import type { Voxel, VoxelGrid } from './voxel-grid.ts';

/** One in so many voxels is tried first: 3 x 3 x 3. */
const FIRST = 27;

/**
 * The voxel of a region round which a sphere's mean is highest; null when every sphere reaches out of the image or into
 * slices that are not loaded.
 *
 * None is missed: the highest mean of one voxel in 27 is known first, and left out is only what has no value above that
 * within reach, for a mean is never above the highest of its values. A sphere is a list of steps in one array, and
 * each step is taken for a whole row of the region before the next.
 */
export function hottestCentre(grid: VoxelGrid, region: readonly Voxel[], radius: number): Voxel | null {
  const pieces = piecesByPlace(grid, region, radius);
  const reach: [number, number, number] = [0, 0, 0];
  for (const [from, list] of pieces)
    for (const { column, row, place } of list)
      for (const [axis, step] of [column, row, place - from].entries())
        reach[axis] = Math.max(reach[axis] as number, Math.abs(step));
  const box = boxRound(region, reach);
  const values = valuesIn(grid, box);
  const kernels = new Map([...pieces].map(([place, list]) => [place, kernelOf(list, place, box)]));
  const some = highestOf(
    region.filter((_, index) => index % FIRST === 0),
    values,
    box,
    kernels,
  );
  // The sums are rounded: of equal values the mean can be a little below them.
  const reached = some.mean + 1e-9 * Math.abs(some.mean);
  const ceiling = ceilings(values, box, reach);
  const left = some.voxel ? region.filter((voxel) => ceiling(voxel) > reached) : region;
  const other = highestOf(left, values, box, kernels);
  return other.mean > some.mean ? other.voxel : some.voxel;
}

function highestOf(
  region: readonly Voxel[],
  values: Float64Array,
  box: Box,
  kernels: ReadonlyMap<number, Kernel>,
): { voxel: Voxel | null; mean: number } {
  const means = new Float64Array(box.size[0]);
  let [best, highest]: [Voxel | null, number] = [null, Number.NEGATIVE_INFINITY];
  for (let from = 0, to = 0; from < region.length; from = to) {
    const first = region[from] as Voxel;
    for (to = from + 1; isAfter(first, to - from, region[to]); ) to += 1;
    meansOf(values, indexIn(box, first), to - from, kernels.get(first[2]) as Kernel, means);
    for (let i = 0; i < to - from; i += 1)
      if ((means[i] as number) > highest) [best, highest] = [region[from + i] as Voxel, means[i] as number];
  }
  return { voxel: best, mean: highest };
}

/** Whether a voxel lies so many columns after the first of its row. */
const isAfter = (first: Voxel, columns: number, voxel: Voxel | undefined): boolean =>
  voxel !== undefined && voxel[0] === first[0] + columns && voxel[1] === first[1] && voxel[2] === first[2];

/** Of the spheres round `count` voxels one after the other, into `means`. */
function meansOf(
  values: Float64Array,
  at: number,
  count: number,
  { steps, weights }: Kernel,
  means: Float64Array,
): void {
  means.fill(0, 0, count);
  for (let piece = 0; piece < steps.length; piece += 1) {
    const weight = weights[piece] as number;
    const from = at + (steps[piece] as number);
    for (let i = 0; i < count; i += 1)
      means[i] = (means[i] as number) + weight * (values[from + i] as number);
  }
}

/** A sphere round the voxels of one place: steps from its centre, and the share of each voxel in it. */
type Kernel = { steps: Int32Array; weights: Float64Array };

function kernelOf(pieces: readonly Piece[], centre: number, { size }: Box): Kernel {
  const whole = pieces.reduce((sum, { volume }) => sum + volume, 0);
  return {
    steps: Int32Array.from(
      pieces,
      ({ column, row, place }) => ((place - centre) * size[1] + row) * size[0] + column,
    ),
    weights: Float64Array.from(pieces, ({ volume }) => volume / whole),
  };
}

/** A sphere round each place of a region. Where slices lie alike round two places it is the same one, moved. */
function piecesByPlace(grid: VoxelGrid, region: readonly Voxel[], radius: number): Map<number, Piece[]> {
  const found = new Map<number, Piece[]>();
  const alike = new Map<string, { from: number; list: Piece[] }>();
  for (const [, , place] of region) {
    if (found.has(place)) continue;
    const key = slicesRound(grid, place, radius);
    const known = alike.get(key) ?? { from: place, list: spherePieces(grid, [0, 0, place], radius) };
    alike.set(key, known);
    found.set(
      place,
      known.list.map((piece) => ({ ...piece, place: piece.place - known.from + place })),
    );
  }
  return found;
}

/** How far away and how thick the slices are that a sphere can reach, to a thousandth of a millimetre. */
function slicesRound(grid: VoxelGrid, place: number, radius: number): string {
  const centre = grid.centre([0, 0, place]);
  const [u, v] = grid.edges(place);
  const round: string[] = [];
  for (const step of [-1, 1])
    for (let at = place; ; at += step) {
      if (at < 0 || at >= grid.places) {
        round.push('end');
        break;
      }
      const thick = grid.volumeMm3(at) / Math.hypot(...u) / Math.hypot(...v);
      const depth = grid.depth(at, centre);
      round.push(`${depth.toFixed(3)} ${thick.toFixed(3)}`);
      if (Math.abs(depth) > radius + Math.hypot(...u, ...v, thick)) break;
    }
  return round.join();
}
