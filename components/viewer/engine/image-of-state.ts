import { nearestImage } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import type { Stack, StackImage } from '../data/stack.ts';

/** What a state must say of an image beside its position: nothing, unless the position does not tell it. */
export function nameOf(
  stack: Pick<Stack, 'warnings'>,
  image: StackImage,
): Pick<ViewportState, 'sopInstanceUid' | 'frame'> {
  const told = image.plane !== null && !stack.warnings.includes('repeated_position');
  return told ? { sopInstanceUid: null } : { sopInstanceUid: image.sopInstanceUid, frame: image.frame };
}

/** The place in a stack of the image that a state means: the named one, or else the one nearest to its middle. */
export function imageIndex(
  stack: Pick<Stack, 'images' | 'planes'>,
  state: Pick<ViewportState, 'focalMm' | 'sopInstanceUid' | 'frame'>,
): number {
  const named = stack.images.findIndex(
    (image) =>
      image.sopInstanceUid === state.sopInstanceUid &&
      (state.frame === undefined || image.frame === state.frame),
  );
  if (named >= 0 || !state.focalMm) return Math.max(0, named);
  return Math.max(0, nearestImage(stack.planes, state.focalMm));
}
