import type { Mm3 } from '../dicom/image-plane.ts';
import { meanAlong, type Plane } from './roi-drawing.ts';
import { isParallel, type Slices } from './slices.ts';

/** Planes lie on an image that is no further from them than this part of the images' usual distance. */
const ON_IMAGE = 0.25;

/** Images that lie more of their usual distances apart have a hole between them: two scans in one series. */
const HOLE = 10;

/** Whether two planes were drawn on images that are next to each other; false where the images are not known. */
export function neighboursOn(slices: Slices | null, normal: Mm3): (below: Plane, above: Plane) => boolean {
  if (!slices || slices.distance === null || !isParallel(slices, normal)) return () => false;
  const { distance } = slices;
  return (below, above) =>
    Math.abs(above.at - below.at) <= HOLE * distance &&
    Math.abs(imageOf(slices, distance, below) - imageOf(slices, distance, above)) === 1;
}

/**
 * mm of what one image stands for around a plane that was drawn on it: half-way to its neighbours. Null where not all
 * images are known, and where they do not lie along the plane.
 */
export function heightOnImage(slices: Slices | null, normal: Mm3, plane: Plane | undefined): number | null {
  if (!slices || !plane || slices.distance === null || slices.at.length === 0) return null;
  if (!isParallel(slices, normal)) return null;
  const { at, distance } = slices;
  const image = imageOf(slices, distance, plane);
  const [here, before, after] = [at[image], at[image - 1], at[image + 1]];
  if (here === undefined) return distance;
  const steps = [before, after].flatMap((one) => (one === undefined ? [] : Math.abs(one - here)));
  const near = steps.filter((step) => step <= HOLE * distance);
  return near.length > 0 ? near.reduce((sum, step) => sum + step, 0) / near.length : distance;
}

/** Index of the image nearest to a plane; NaN where the plane lies on none. */
function imageOf({ at, normal }: Slices, distance: number, { contours: [first] }: Plane): number {
  const place = first ? meanAlong(first, normal) : Number.NaN;
  const away = at.map((one) => Math.abs(one - place));
  const nearest = Math.min(...away);
  return nearest <= ON_IMAGE * distance ? away.indexOf(nearest) : Number.NaN;
}
