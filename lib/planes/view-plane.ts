import { addScaled, cross, dot, type Mm3, subtract } from '../dicom/image-plane.ts';

/** A point on a viewport in CSS pixels from its top left corner. */
export type CanvasPoint = readonly [number, number];

/**
 * The plane that a viewport shows, whatever drew it: everything that lies over a picture (contours, isodoses, beams,
 * measurements, pointers) is placed by this alone. Patient millimetres (PS3.3 C.7.6.2.1.1).
 */
export type ViewPlane = {
  frameOfReferenceUid: string | null;
  /** The patient's point in the middle of the viewport. */
  centre: Mm3;
  /** Unit vector that points to the right on the screen. */
  right: Mm3;
  /** Unit vector that points down on the screen. */
  down: Mm3;
  /** Millimetres per CSS pixel, the same along both. */
  mmPerPixel: number;
  /** Size of the viewport in CSS pixels. */
  width: number;
  height: number;
};

/** right x down: away from the viewer's eye. For an axial image as it is read, towards the head. */
export const viewNormal = (view: ViewPlane): Mm3 => cross(view.right, view.down);

/** Where a point of the viewport lies in the patient. */
export function toPatient(view: ViewPlane, [x, y]: CanvasPoint): Mm3 {
  const along = addScaled(view.centre, view.right, (x - view.width / 2) * view.mmPerPixel);
  return addScaled(along, view.down, (y - view.height / 2) * view.mmPerPixel);
}

/** Where a patient point, or its foot on the plane, lies on the viewport. */
export function toCanvas(view: ViewPlane, point: Mm3): CanvasPoint {
  const away = subtract(point, view.centre);
  return [
    dot(away, view.right) / view.mmPerPixel + view.width / 2,
    dot(away, view.down) / view.mmPerPixel + view.height / 2,
  ];
}

/** Signed distance in mm of a point from the plane, along `viewNormal`. */
export const depthOf = (view: ViewPlane, point: Mm3): number =>
  dot(subtract(point, view.centre), viewNormal(view));
