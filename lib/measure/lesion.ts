import type { Voxel, VoxelGrid } from './voxel-grid.ts';

/** A voxel as one number, to be looked up. */
export const keyOf = (grid: VoxelGrid, [column, row, place]: Voxel): number =>
  (place * grid.rows + row) * grid.columns + column;

const neighbours: readonly Voxel[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
];

export type Lesion = {
  voxels: Voxel[];
  keys: ReadonlySet<number>;
  /** A voxel of it has a neighbour outside of the region that is as hot: the region cuts it. */
  cut: boolean;
};

/** Whether a neighbour of a voxel exists. */
const exists = (grid: VoxelGrid, [column, row, place]: Voxel): boolean =>
  column >= 0 && column < grid.columns && row >= 0 && row < grid.rows && place >= 0 && place < grid.places;

/**
 * Voxels of at least `threshold` that are joined to `seed` face to face (6-connectivity: voxels that meet at an edge or
 * a corner only are not joined), inside of the region. Empty when the seed itself is below.
 */
export function lesionOf(grid: VoxelGrid, region: readonly Voxel[], seed: Voxel, threshold: number): Lesion {
  const allowed = new Set(region.map((voxel) => keyOf(grid, voxel)));
  const keys = new Set<number>();
  const voxels: Voxel[] = [];
  let cut = false;
  const take = (voxel: Voxel): void => {
    const key = keyOf(grid, voxel);
    if (keys.has(key) || !(grid.value(...voxel) >= threshold)) return;
    if (!allowed.has(key)) {
      cut = true;
      return;
    }
    keys.add(key);
    voxels.push(voxel);
  };
  take(seed);
  // Grows while it is walked through.
  for (const [column, row, place] of voxels)
    for (const [dc, dr, dp] of neighbours) {
      const voxel = [column + dc, row + dr, place + dp] as const;
      if (exists(grid, voxel)) take(voxel);
    }
  return { voxels, keys, cut };
}

/** All voxels of a region of at least `threshold`, joined or not. */
export function allAbove(grid: VoxelGrid, region: readonly Voxel[], threshold: number): Lesion {
  const allowed = new Set(region.map((voxel) => keyOf(grid, voxel)));
  const isHot = (voxel: Voxel): boolean => grid.value(...voxel) >= threshold;
  const voxels = region.filter(isHot);
  const cut = voxels.some(([column, row, place]) =>
    neighbours.some(([dc, dr, dp]) => {
      const voxel = [column + dc, row + dr, place + dp] as const;
      return exists(grid, voxel) && !allowed.has(keyOf(grid, voxel)) && isHot(voxel);
    }),
  );
  return { voxels, keys: new Set(voxels.map((voxel) => keyOf(grid, voxel))), cut };
}
