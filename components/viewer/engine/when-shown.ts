import type { Pane } from './pane.ts';
import { sameDocument } from './same-view.ts';
import type { Stage } from './stage.ts';

/** An image that does not come in this time is said to have failed, not waited for. */
const PATIENCE_MS = 60_000;

/**
 * Resolves when every viewport has painted what was asked for, cuts and projections from all of their slices, and the
 * document beside them its page; false where one does not come.
 */
export async function whenShown(stage: Stage): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  const painted = () => stage.state() !== null && stage.panes().every(isPainted) && isRead(stage);
  if (!(await until(painted, end))) return false;
  const cuts = stage.panes().filter((pane) => pane.kind !== 'stack');
  const series = cuts.flatMap((pane) => [pane.shown?.seriesUid, pane.shown?.fusion?.seriesUid]);
  const stacks = stage.store.get().stacks.filter((stack) => series.includes(stack.SeriesInstanceUID));
  await Promise.all(stacks.map((stack) => stage.volumes.whole(stack)));
  // Asked once more: painted with the slices that came last.
  for (const pane of cuts) pane.change({});
  return until(painted, end);
}

const isPainted = (pane: Pane): boolean => pane.settled && (pane.shown !== null || pane.trouble !== null);

function isRead({ store }: Stage): boolean {
  const { document, painted } = store.get();
  return document === null || (painted !== null && sameDocument(painted.of, document));
}

/** Asked after each frame that the browser paints. */
function until(holds: () => boolean, end: number): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = () => {
      if (holds()) resolve(true);
      else if (performance.now() > end) resolve(false);
      else requestAnimationFrame(ask);
    };
    requestAnimationFrame(ask);
  });
}
