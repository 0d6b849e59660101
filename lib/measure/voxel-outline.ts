import { type CanvasPoint, toPatient, type ViewPlane } from '../planes/view-plane.ts';
import { keyOf } from './lesion.ts';
import type { VoxelGrid } from './voxel-grid.ts';

/** A piece of an outline, CSS pixels of the viewport. */
export type Segment = readonly [from: CanvasPoint, to: CanvasPoint];

/**
 * The outline of a set of voxels where a plane cuts them, in any direction: the plane is looked at cell by cell, and
 * lines run between cells of which one lies in a voxel of the set and the other does not. It is out by half a cell at
 * most.
 * @param keys of the voxels, as `keyOf` has them
 * @param box part of the viewport to look at, CSS pixels
 * @param cell side of a cell in CSS pixels
 */
export function voxelOutline(
  grid: VoxelGrid,
  keys: ReadonlySet<number>,
  view: ViewPlane,
  box: { left: number; top: number; right: number; bottom: number },
  cell: number,
): Segment[] {
  const columns = Math.max(0, Math.ceil((box.right - box.left) / cell));
  const rows = Math.max(0, Math.ceil((box.bottom - box.top) / cell));
  const inside = (column: number, row: number): boolean => {
    const at: CanvasPoint = [box.left + (column + 0.5) * cell, box.top + (row + 0.5) * cell];
    const voxel = grid.voxelAt(toPatient(view, at));
    return voxel !== null && keys.has(keyOf(grid, voxel));
  };
  const segments: Segment[] = [];
  let above = new Array<boolean>(columns).fill(false);
  for (let row = 0; row < rows; row += 1) {
    const y = box.top + row * cell;
    let left = false;
    const now: boolean[] = [];
    for (let column = 0; column < columns; column += 1) {
      const here = inside(column, row);
      const x = box.left + column * cell;
      if (here !== left) segments.push([at(x, y), at(x, y + cell)]);
      if (here !== above[column]) segments.push([at(x, y), at(x + cell, y)]);
      now.push(here);
      left = here;
    }
    above = now;
  }
  return segments;
}

const at = (x: number, y: number): CanvasPoint => [x, y];
