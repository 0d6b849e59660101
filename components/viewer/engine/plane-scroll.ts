import { addScaled, dot, type Mm3 } from '@/lib/dicom/image-plane.ts';
import { isAcquired } from '@/lib/planes/axes.ts';
import { reachOf } from '@/lib/planes/extent.ts';
import type { VolumeGeometry } from '@/lib/planes/geometry.ts';

/** The places of a scroll through a volume, in its order: mm along the normal from the origin of patient space. */
export type Steps = readonly number[];

/**
 * Along the images' own normal, either way: the images, in the order in which they are scrolled themselves, so that the
 * wheel leads the same way on a cut as on the images beside it. Elsewhere: as far apart as the voxels lie in that
 * direction.
 */
export function stepsAlong(geometry: VolumeGeometry, normal: Mm3): Steps {
  const origin = dot(geometry.origin, normal);
  if (isAcquired(geometry, normal)) {
    const sense = dot(geometry.normal, normal);
    return Array.from(geometry.offsets, (offset) => origin + offset * sense);
  }
  const [from, to] = reachOf(geometry, normal);
  const step = spacingAlong(geometry, normal);
  const count = Math.max(1, Math.round((to - from) / step));
  return Array.from({ length: count }, (_, index) => from + ((to - from) / count) * (index + 0.5));
}

/** mm between neighbouring voxels in a direction; along a grid's axis its spacing. */
function spacingAlong(geometry: VolumeGeometry, normal: Mm3): number {
  const perMm = [
    dot(normal, geometry.rowDirection) / geometry.columnSpacing,
    dot(normal, geometry.columnDirection) / geometry.rowSpacing,
    dot(normal, geometry.normal) / geometry.sliceDistance,
  ];
  return 1 / Math.hypot(...perMm);
}

/** The number of the step nearest to a point. */
export function stepAt(steps: Steps, normal: Mm3, point: Mm3): number {
  const at = dot(point, normal);
  let best = 0;
  for (let index = 1; index < steps.length; index += 1)
    if (Math.abs((steps[index] ?? 0) - at) < Math.abs((steps[best] ?? 0) - at)) best = index;
  return best;
}

/** A point moved along the normal onto a step; the first or last one beyond the ends. */
export function onStep(steps: Steps, normal: Mm3, point: Mm3, index: number): Mm3 {
  const to = steps[Math.max(0, Math.min(steps.length - 1, index))] ?? dot(point, normal);
  return addScaled(point, normal, to - dot(point, normal));
}

/** Whether a point lies within the steps' reach, half a step beyond the ends included. */
export function isReached(steps: Steps, normal: Mm3, point: Mm3): boolean {
  const [first = 0, second = first] = steps;
  const last = steps.at(-1) ?? first;
  const half = steps.length > 1 ? Math.abs(second - first) / 2 : 0.5;
  const at = dot(point, normal);
  return at >= Math.min(first, last) - half && at <= Math.max(first, last) + half;
}
