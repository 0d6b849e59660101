import type { Mm3 } from '../dicom/image-plane.ts';
import type { Measured } from './uncertainty.ts';

/** A closed shape on a plane in the patient: what has an area, and values inside. */
export type PlanarShape = {
  /** mm², and how certain the voxels' size leaves it. */
  area: Measured;
  /** Outline as a closed run of points, to be drawn. */
  outline: readonly Mm3[];
  /** Whether a point's foot on the plane lies inside. */
  contains: (point: Mm3) => boolean;
  /** A circle that holds it all. */
  centre: Mm3;
  radius: number;
};
