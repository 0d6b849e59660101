import { dot, type Mm3 } from '../dicom/image-plane.ts';
import { type ViewPlane, viewNormal } from '../planes/view-plane.ts';
import type { Polygon } from './scanline.ts';

/**
 * A plane as a cut needs it: wherever it is moved within itself, the cut is the same. Points on it are given as
 * x = p·right and y = p·down, in patient mm.
 */
export type CutPlane = { right: Mm3; down: Mm3; normal: Mm3; depth: number };

/** The plane that a view shows; `depth` in mm along its normal from the origin of its frame of reference. */
export const cutPlaneOf = (view: ViewPlane): CutPlane => {
  const normal = viewNormal(view);
  return { right: view.right, down: view.down, normal, depth: dot(view.centre, normal) };
};

/** What a plane shows of one ROI, as x, y pairs in mm. */
export type Section = {
  /** Closed outlines; inside by the even-odd rule over all of them. */
  loops: Polygon[];
  /** Open curves that lie on the plane. */
  lines: Polygon[];
  /** Points on the plane, and where curves that are no part of a body pass through it. */
  marks: number[];
};
