import type { DoseGrid } from '../dicom/rtdose.ts';
import type { Roi } from '../dicom/rtstruct.ts';

export const FRAME = '2.25.1';

/** An ROI of circles with radius `radiusAt(z)` at the given z; regular polygons with 360 points. */
export function circles(
  planes: readonly number[],
  radiusAt: (z: number) => number,
  centre: readonly [number, number] = [0, 0],
): Roi {
  const contours = planes.flatMap((z) => {
    const radius = radiusAt(z);
    if (!(radius > 1e-6)) return [];
    // Of the circle's area, not inside of it.
    const outer = radius * Math.sqrt(Math.PI / 180 / Math.sin(Math.PI / 180));
    const points = Array.from({ length: 360 }, (_, index) => {
      const angle = (index * Math.PI) / 180;
      return [centre[0] + outer * Math.cos(angle), centre[1] + outer * Math.sin(angle), z];
    }).flat();
    return [{ type: 'CLOSED_PLANAR' as const, points: Float64Array.from(points), imageUids: [] }];
  });
  return {
    number: 1,
    name: 'shape',
    colour: '#ff0000',
    interpretedType: '',
    frameOfReferenceUid: FRAME,
    contours,
    unreadableContours: 0,
  };
}

/** Planes that fill [from, to] with slabs of thickness `step`. */
export const planesBetween = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) }, (_, index) => from + (index + 0.5) * step);

export const sphere = (
  radius: number,
  step: number,
  centre: readonly [number, number, number] = [0, 0, 0],
): Roi =>
  circles(
    planesBetween(-radius, radius, step).map((z) => z + centre[2]),
    (z) => Math.sqrt(Math.max(0, radius ** 2 - (z - centre[2]) ** 2)),
    [centre[0], centre[1]],
  );

/** A transverse dose grid of voxels `spacing` wide over a cube round 0, filled by a formula. */
export function doseOf(
  formula: (x: number, y: number, z: number) => number,
  half = 30,
  spacing = 2.5,
): DoseGrid {
  const count = Math.round((2 * half) / spacing) + 1;
  const at = (index: number): number => -half + index * spacing;
  const doses = new Float32Array(count ** 3);
  for (let k = 0; k < count; k += 1)
    for (let j = 0; j < count; j += 1)
      for (let i = 0; i < count; i += 1) doses[(k * count + j) * count + i] = formula(at(i), at(j), at(k));
  return {
    sopInstanceUid: '2.25.2',
    frameOfReferenceUid: FRAME,
    origin: [-half, -half, -half],
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
    normal: [0, 0, 1],
    columnSpacing: spacing,
    rowSpacing: spacing,
    columns: count,
    rows: count,
    offsets: Float64Array.from({ length: count }, (_, index) => index * spacing),
    doses,
    doseType: 'PHYSICAL',
    summationType: 'PLAN',
    referencedPlanUid: '',
  };
}
