import type { Fusion, ViewportState } from '@/lib/live/view-state.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Volume, VolumeRefusal } from '@/lib/planes/volume.ts';
import type { Stack } from '../data/stack.ts';

/** Why a series does not lie over another: the view says it in words, and shows the other alone. */
export type FusionTrouble = 'overlay_not_available' | 'other_frame' | 'no_frame' | VolumeRefusal;

/** A series that may be laid over a plane: its volume, and the plane as the volume's frame of reference has it. */
export type FusedOverlay = { fusion: Fusion; stack: Stack; volume: Volume; view: ViewPlane };
export type FusionResult = { overlay: FusedOverlay | null; trouble: FusionTrouble | null };

/** What a fusion is made from: the case's series, their volumes, and what brings frames of reference together. */
export type FusionSources = {
  stackOf: (state: Pick<ViewportState, 'seriesUid'>) => Stack | undefined;
  volumeOf: (stack: Stack) => { volume: Volume } | { refused: VolumeRefusal };
  /** A plane in another frame of reference, by the named registration; null where it does not bring the two together. */
  viewIn: (view: ViewPlane, frame: string, registrationUid: string | null) => ViewPlane | null;
};

/**
 * What lies over a plane. Frames of reference that differ are never fused without a registration (PS3.3 C.7.4.1.1.1),
 * and images that name none are in nobody's frame, not even in each other's.
 */
export function fusionOn(sources: FusionSources, view: ViewPlane, fusion: Fusion | null): FusionResult {
  const none = (trouble: FusionTrouble | null): FusionResult => ({ overlay: null, trouble });
  if (!fusion) return none(null);
  const stack = sources.stackOf(fusion);
  if (!stack) return none('overlay_not_available');
  const made = sources.volumeOf(stack);
  if ('refused' in made) return none(made.refused);
  const { volume } = made;
  const frame = volume.frameOfReferenceUid;
  if (!frame || !view.frameOfReferenceUid) return none('no_frame');
  const own = frame === view.frameOfReferenceUid ? view : sources.viewIn(view, frame, fusion.registrationUid);
  return own ? { overlay: { fusion, stack, volume, view: own }, trouble: null } : none('other_frame');
}
