import type { ViewState } from '@/lib/live/view-state.ts';
import { fromRoiStates, toRoiStates } from './roi-state.ts';
import { extrasOf, sameExtras, sameStructureSets } from './same-view.ts';
import type { ViewerSnapshot } from './store.ts';

/** What a view holds beside its images. */
export type Panels = Partial<Pick<ViewerSnapshot, 'rois' | keyof ReturnType<typeof extrasOf>>>;

/**
 * What a view says of contours, dose, measurements and the like; null where all of it is so already. Thirty times a
 * second only the position is another: the panels are drawn anew, and the contours over the image that is about to go,
 * only when something of theirs changed.
 */
export function broughtPanels(view: ViewState, now: ViewerSnapshot): Panels | null {
  const otherRois = !sameStructureSets(view.structureSets, toRoiStates(now.rois));
  // A view that says nothing of a dose was sent before it was read: ours is as everybody's will be.
  const extras = { ...extrasOf(view), dose: view.dose ?? now.dose };
  const otherExtras = !sameExtras(extras, extrasOf(now));
  if (!otherRois && !otherExtras) return null;
  return {
    ...(otherRois && { rois: new Map([...now.rois, ...fromRoiStates(view.structureSets)]) }),
    ...(otherExtras && extras),
  };
}

/**
 * The same of a view of which images are gone, so that others hang in its place: what was measured and chosen is the
 * reader's work, and would be lost with the next view that is kept. The picture is not the saved one any more.
 */
export const panelsWithoutImages = (view: ViewState, now: ViewerSnapshot): Panels | null =>
  broughtPanels({ ...view, keyViewId: null }, now);
