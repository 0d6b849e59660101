import type { ViewState } from '@/lib/live/view-state.ts';
import { sameExtras, sameStructureSets } from './same-view.ts';
import type { Stage } from './stage.ts';

/**
 * Goes to the place that another window shows, in each viewport of that space, and shows the same structures, dose and
 * measurements. Layout, window and zoom stay this window's own. The same person's act: the room is told of it.
 */
export function accompany(stage: Stage, theirs: ViewState): void {
  const own = stage.state();
  if (!own) return;
  if (!sameStructureSets(own.structureSets, theirs.structureSets))
    for (const { structureSetUid, visible, opacity } of theirs.structureSets)
      stage.setRoi(structureSetUid, () => ({ visible: new Set(visible), opacity }));
  const { dose, beamsOf, dvhCursorGy, measurements, suvBy } = theirs;
  if (!sameExtras(own, theirs)) stage.setExtras({ dose, beamsOf, dvhCursorGy, measurements, suvBy });
  const at = theirs.viewports.find((one) => one.viewportId === theirs.activeViewportId);
  if (!at?.focalMm || !at.frameOfReferenceUid) return;
  for (const pane of stage.panes()) {
    if (pane.state()?.frameOfReferenceUid !== at.frameOfReferenceUid) continue;
    pane.goToPoint(at.focalMm);
    stage.change(pane, {});
  }
}
