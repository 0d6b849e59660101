import { addScaled, dot, type Mm3 } from '../dicom/image-plane.ts';
import { projectAlongRays } from './mip-rays.ts';
import { profilesOf } from './mip-slice.ts';
import { rasterOf, type Size } from './raster.ts';
import { stretchesOf } from './stretch.ts';
import { type CanvasPoint, depthOf, toPatient, type ViewPlane, viewNormal } from './view-plane.ts';
import type { Volume } from './volume.ts';

/** Rays this near to the slices' own plane, as a cosine, stay within a slice all the way through. */
const IN_PLANE = 1e-4;

/**
 * Maximum intensity projection of all that is there of a volume, along the view's normal. NaN where a ray meets
 * nothing; a slice that is not there counts as nothing.
 *
 * Seen from anywhere round the stack's own normal (a PET rotating about the patient's axis) each slice is projected by
 * itself: at every column (or row, whichever the ray crosses more of) the value is interpolated between two voxels, and
 * the picture's rows are interpolated between slices. From elsewhere rays step through the nearest voxels.
 * @param depths where wanted: mm of each maximum from the view's plane along `viewNormal`, NaN where there is none
 */
export function projectMip(
  volume: Volume,
  view: ViewPlane,
  size: Size,
  out: Float32Array,
  depths: Float32Array | null = null,
): void {
  out.fill(Number.NaN, 0, size.width * size.height);
  depths?.fill(Number.NaN, 0, size.width * size.height);
  const { normal } = volume.geometry;
  const upright =
    Math.abs(dot(viewNormal(view), normal)) < IN_PLANE && Math.abs(dot(view.right, normal)) < IN_PLANE;
  if (upright) bySlices(volume, view, size, out, depths);
  else projectAlongRays(volume, view, size, out, depths);
}

function bySlices(
  volume: Volume,
  view: ViewPlane,
  size: Size,
  out: Float32Array,
  depths: Float32Array | null,
) {
  const { offset } = rasterOf(volume.geometry, view, size);
  const profileOf = profilesOf(volume, view, size);
  const stretches = stretchesOf(volume.geometry, volume.slices);
  const line = { values: new Float32Array(size.width), depths: new Float32Array(size.width) };
  for (let y = 0; y < size.height; y += 1) {
    const at = offset.at + y * offset.down;
    const stretch = stretches.find(({ from, to }) => at >= from && at <= to);
    if (!stretch) continue;
    const lower = profileOf(stretch.lower);
    const upper = stretch.upper ? profileOf(stretch.upper) : lower;
    const part = stretch.upper ? (at - stretch.start) * stretch.partPerMm : 0;
    for (let x = 0; x < size.width; x += 1) {
      const a = lower.values[x] as number;
      const b = upper.values[x] as number;
      // A sheared stack's slices need not both be met.
      line.values[x] = Number.isNaN(a) ? b : Number.isNaN(b) ? a : a + (b - a) * part;
      line.depths[x] = (a >= b || Number.isNaN(b) ? lower.depths[x] : upper.depths[x]) as number;
    }
    out.set(line.values, y * size.width);
    depths?.set(line.depths, y * size.width);
  }
}

/** Where in the patient the maximum lies that a projection shows at a point of the viewport; null where there is none. */
export function mipPoint(volume: Volume, view: ViewPlane, point: CanvasPoint): Mm3 | null {
  const spot: ViewPlane = { ...view, centre: toPatient(view, point), width: 1, height: 1 };
  const depth = new Float32Array(1);
  projectMip(volume, spot, { width: 1, height: 1 }, new Float32Array(1), depth);
  const mm = depth[0] ?? Number.NaN;
  return Number.isNaN(mm) ? null : addScaled(spot.centre, viewNormal(view), mm - depthOf(view, spot.centre));
}
