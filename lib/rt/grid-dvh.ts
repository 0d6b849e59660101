import { dot } from '../dicom/image-plane.ts';
import type { DoseGrid } from '../dicom/rtdose.ts';
import { type Dvh, dvhOf } from './dvh.ts';
import type { RoiSolid } from './roi-solid.ts';
import { mm } from './units.ts';

/** The dose-volume histogram of everything within a grid's outermost voxel centres: how large each isodose is. */
export function gridDvh(grid: DoseGrid): Dvh {
  const found = dvhOf(boxOf(grid), grid);
  if (!found.known) throw new Error(found.reason);
  return found.dvh;
}

function boxOf(grid: DoseGrid): RoiSolid {
  const { origin, rowDirection, columnDirection, normal, offsets } = grid;
  const [low, high] = [offsets[0] ?? 0, offsets.at(-1) ?? 0];
  const u = dot(origin, rowDirection);
  const v = dot(origin, columnDirection);
  const right = u + (grid.columns - 1) * grid.columnSpacing;
  const bottom = v + (grid.rows - 1) * grid.rowSpacing;
  const half = (high - low) / 2;
  return {
    frameOfReferenceUid: grid.frameOfReferenceUid,
    normal,
    uAxis: rowDirection,
    vAxis: columnDirection,
    spacing: mm(high - low),
    slabs: [
      {
        at: dot(origin, normal) + (low + high) / 2,
        below: half,
        above: half,
        polygons: [Float64Array.from([u, v, right, v, right, bottom, u, bottom])],
      },
    ],
    gaps: 0,
    openContours: 0,
  };
}
