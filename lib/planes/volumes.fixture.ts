import { addScaled, cross, type ImagePlane, length, type Mm3 } from '../dicom/image-plane.ts';
import { toPoint, type Volume, type VolumeGeometry, volumeGeometry } from './volume.ts';

export const FRAME = '2.25.1';

export const unit = (a: Mm3): Mm3 => {
  const size = length(a);
  return [a[0] / size, a[1] / size, a[2] / size];
};

export type StackShape = {
  columns: number;
  rows: number;
  columnSpacing: number;
  rowSpacing: number;
  origin: Mm3;
  rowDirection: Mm3;
  columnDirection: Mm3;
  /** mm of each slice along `step`. */
  offsets: number[];
  /** The way slices go, with unit length; the normal unless the stack is sheared. */
  step: Mm3;
};

export const axialShape: StackShape = {
  columns: 8,
  rows: 6,
  columnSpacing: 2,
  rowSpacing: 3,
  origin: [-7, 5, 10],
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  offsets: [0, 4, 8, 12, 16],
  step: [0, 0, 1],
};

export const planesOf = (shape: StackShape): ImagePlane[] =>
  shape.offsets.map((offset) => ({
    frameOfReferenceUid: FRAME,
    origin: addScaled(shape.origin, shape.step, offset),
    rowDirection: shape.rowDirection,
    columnDirection: shape.columnDirection,
    normal: cross(shape.rowDirection, shape.columnDirection),
    columnSpacing: shape.columnSpacing,
    rowSpacing: shape.rowSpacing,
    columns: shape.columns,
    rows: shape.rows,
  }));

export function geometryOf(planes: readonly (ImagePlane | null)[]): VolumeGeometry {
  const result = volumeGeometry(planes);
  if (!result.ok) throw new Error(result.reason);
  return result.geometry;
}

/** A volume whose voxels hold a function of their patient position, exactly. */
export function volumeOf(planes: readonly ImagePlane[], field: (point: Mm3) => number): Volume {
  const geometry = geometryOf(planes);
  const { columns, rows } = geometry;
  return {
    frameOfReferenceUid: geometry.frameOfReferenceUid,
    columns,
    rows,
    factor: 1,
    geometry,
    slices: planes.map((_, index) => {
      const place = geometry.order.indexOf(index);
      const pixels = Float64Array.from({ length: columns * rows }, (_value, at) =>
        field(toPoint(geometry, [at % columns, Math.floor(at / columns), place])),
      );
      return { pixels, slope: 1, intercept: 0 };
    }),
  };
}
