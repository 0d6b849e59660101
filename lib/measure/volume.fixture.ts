import type { ImagePlane, Mm3 } from '../dicom/image-plane.ts';
import { cross } from '../dicom/image-plane.ts';
import { emptyVolume, type Volume, volumeGeometry } from '../planes/volume.ts';

export type FixtureGrid = {
  size: readonly [columns: number, rows: number, slices: number];
  spacing: readonly [column: number, row: number, slice: number];
  /** Unit vectors; axial when left out. */
  directions?: readonly [Mm3, Mm3];
};

/** A volume round the origin of patient space, filled by a formula of patient mm. */
export function volumeOf(formula: (x: number, y: number, z: number) => number, grid: FixtureGrid): Volume {
  const {
    size,
    spacing,
    directions: [u, v] = [
      [1, 0, 0],
      [0, 1, 0],
    ] as const,
  } = grid;
  const normal = cross(u, v);
  const at = (c: number, r: number, s: number): Mm3 => {
    const part = [c, r, s].map((index, axis) => (index - ((size[axis] ?? 1) - 1) / 2) * (spacing[axis] ?? 1));
    const axis = (i: 0 | 1 | 2) => (part[0] ?? 0) * u[i] + (part[1] ?? 0) * v[i] + (part[2] ?? 0) * normal[i];
    return [axis(0), axis(1), axis(2)];
  };
  const planes = Array.from(
    { length: size[2] },
    (_, s): ImagePlane => ({
      frameOfReferenceUid: '2.25.1',
      origin: at(0, 0, s),
      rowDirection: u,
      columnDirection: v,
      normal,
      columnSpacing: spacing[0],
      rowSpacing: spacing[1],
      columns: size[0],
      rows: size[1],
    }),
  );
  const result = volumeGeometry(planes);
  if (!result.ok) throw new Error(result.reason);
  const volume = emptyVolume(result.geometry);
  volume.slices = planes.map((_, s) => {
    const pixels = new Float32Array(size[0] * size[1]);
    for (let r = 0; r < size[1]; r += 1)
      for (let c = 0; c < size[0]; c += 1) pixels[r * size[0] + c] = formula(...at(c, r, s));
    return { pixels, slope: 1, intercept: 0 };
  });
  return volume;
}
