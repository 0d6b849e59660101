import { dot } from '@/lib/dicom/image-plane.ts';
import type { Mark } from '@/lib/live/mark-state.ts';
import { depthOf, type ViewPlane, viewNormal } from '@/lib/planes/view-plane.ts';

/** What a viewport shows, as far as a mark needs to know. */
export type SeenPlane = {
  view: ViewPlane;
  seriesUid: string | null;
  frameOfReferenceUid: string | null;
  projection: boolean;
  /** Of what is shown, in mm. */
  thickness: number;
};

/** Normals this near are one: a hundredth of a radian. */
const PARALLEL = 0.9999;

/** Whether a mark lies on what a viewport shows: in its space, on its plane, along its normal from either side. */
export function isMarkOn(mark: Mark, seen: SeenPlane): boolean {
  const sameSpace = mark.frameOfReferenceUid
    ? mark.frameOfReferenceUid === seen.frameOfReferenceUid
    : mark.seriesUid === seen.seriesUid;
  if (!sameSpace || mark.projected !== seen.projection) return false;
  if (Math.abs(dot(mark.normal, viewNormal(seen.view))) < PARALLEL) return false;
  const [first] = mark.points;
  if (seen.projection || !first) return seen.projection;
  // A hair more than half: a mark between two slices is on one of them.
  return Math.abs(depthOf(seen.view, first)) <= seen.thickness / 2 + 1e-3;
}
