import { addScaled, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { VolumeGeometry } from './geometry.ts';
import { toPatient, type ViewPlane } from './view-plane.ts';

export type Size = { width: number; height: number };

/** A quantity that is linear over a picture: `at` the centre of its first pixel, then per pixel across and down. */
export type Course = { at: number; across: number; down: number };

/** Offset in mm along the stack's normal, and column and row as on a stack that is not sheared, over a picture. */
export type Raster = { offset: Course; column: Course; row: Course };

/**
 * How a volume's coordinates run over the pixels of a picture.
 * @param size of the picture in pixels, over the view's own field; its pixels need not be square
 */
export function rasterOf(geometry: VolumeGeometry, view: ViewPlane, { width, height }: Size): Raster {
  const pixelWidth = view.width / width;
  const pixelHeight = view.height / height;
  const first = subtract(toPatient(view, [pixelWidth / 2, pixelHeight / 2]), geometry.origin);
  const across = pixelWidth * view.mmPerPixel;
  const down = pixelHeight * view.mmPerPixel;
  const course = (axis: Mm3): Course => ({
    at: dot(axis, first),
    across: dot(axis, view.right) * across,
    down: dot(axis, view.down) * down,
  });
  return {
    offset: course(geometry.normal),
    column: course(geometry.columnAxis),
    row: course(geometry.rowAxis),
  };
}

/** The same view moved by mm along a direction. */
export const moved = (view: ViewPlane, direction: Mm3, mm: number): ViewPlane => ({
  ...view,
  centre: addScaled(view.centre, direction, mm),
});
