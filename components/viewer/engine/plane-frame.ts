import { addScaled, cross, dot, type Mm3 } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import type { Directions } from '@/lib/planes/axes.ts';
import { cornersOf, middleOf, reachOf } from '@/lib/planes/extent.ts';
import type { VolumeGeometry } from '@/lib/planes/geometry.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { fitMm, type Size } from './window-shape.ts';

type Cut = Pick<ViewportState, 'kind' | 'normal' | 'up' | 'focalMm' | 'zoom' | 'aspect'>;

/** Where right and down of the screen point, of a state that says its normal and what is up. */
export function directionsOf({ normal, up }: Pick<Cut, 'normal' | 'up'>): Directions | null {
  if (!normal || !up) return null;
  const down: Mm3 = [-up[0], -up[1], -up[2]];
  return { right: cross(down, normal), down };
}

/**
 * mm across and down of what just fits the window at zoom 1: the volume's box as the cut sees it. A projection takes
 * the same room from wherever it is seen, so that it does not breathe while it turns.
 */
export function fieldOf(geometry: VolumeGeometry, kind: Cut['kind'], { right, down }: Directions): Size {
  const long = (direction: Mm3): number => {
    const [from, to] = reachOf(geometry, direction);
    return to - from;
  };
  if (kind !== 'mip') return { width: long(right), height: long(down) };
  const middle = middleOf(geometry);
  const around = Math.max(
    ...cornersOf(geometry).map((corner) => {
      const away = addScaled(corner, middle, -1);
      const aside = addScaled(away, down, -dot(away, down));
      return Math.sqrt(dot(aside, aside));
    }),
  );
  return { width: 2 * around, height: long(down) };
}

/**
 * The plane that a state asks for, in a window of so many CSS pixels: patient mm in the volume's frame of reference.
 * Null for a state that does not say where it is, or a window without room.
 */
export function planeFrame(geometry: VolumeGeometry, state: Cut, { width, height }: Size): ViewPlane | null {
  const directions = directionsOf(state);
  if (!directions || !state.focalMm || width <= 0 || height <= 0) return null;
  const field = fieldOf(geometry, state.kind, directions);
  return {
    frameOfReferenceUid: geometry.frameOfReferenceUid,
    centre: state.focalMm,
    ...directions,
    mmPerPixel: fitMm(field, { width, height }, state.aspect) / state.zoom,
    width,
    height,
  };
}
