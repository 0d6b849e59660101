import type { Stack } from '../data/stack.ts';
import type { ContourIndexes } from '../data/structures.ts';
import { type DrawnRoi, drawContours } from './contour-layer.ts';
import type { Layer } from './layers.ts';
import type { Pane } from './pane.ts';
import { opacityOf } from './roi-state.ts';
import type { ViewerSnapshot } from './store.ts';

/** What decides which contours are seen where. */
export type Seen = Pick<ViewerSnapshot, 'structureSets' | 'rois'> & {
  contours: ContourIndexes;
  panes: readonly Pane[];
};

/** The ROIs that are drawn on a viewport's image now, and the visible ROI numbers of the sets that lie on its series. */
export function drawnOn(seen: Seen, pane: Pane): { drawn: DrawnRoi[]; visible: number[] } {
  const { structureSets, rois } = seen;
  const now = pane.image;
  const drawn: DrawnRoi[] = [];
  const visible = new Set<number>();
  if (!pane.stack || !now || pane.trouble) return { drawn, visible: [] };
  for (const { set, fit } of structureSets) {
    const display = rois.get(set.sopInstanceUid);
    if (!fit.fits || !display) continue;
    const index = seen.contours.of(set, pane.stack);
    if (index.placed === 0) continue;
    for (const number of display.visible) visible.add(number);
    for (const one of index.onImage(now.index)) {
      if (display.visible.has(one.roi.number)) drawn.push({ ...one, opacity: opacityOf(display, one.roi) });
    }
  }
  return { drawn, visible: [...visible].sort((a, b) => a - b) };
}

/** Contours of visible ROIs in a viewport's space that lie on none of its images: not drawn there, and that is said. */
export function unplacedOn(seen: Seen, pane: Pane): number {
  const { structureSets, rois } = seen;
  const { stack } = pane;
  if (!stack) return 0;
  const isOwn = (one: Stack | null, uids: readonly string[]) =>
    one !== null && uids.includes(one.SeriesInstanceUID);
  return structureSets.reduce((sum, { set, fit }) => {
    const visible = rois.get(set.sopInstanceUid)?.visible.size ?? 0;
    const uids = set.referencedSeriesUids;
    // Beside the series that it was drawn on, another one without its contours surprises nobody.
    if (!isOwn(stack, uids) && seen.panes.some((other) => isOwn(other.stack, uids))) return sum;
    return fit.fits && visible > 0 ? sum + seen.contours.of(set, stack).unplaced : sum;
  }, 0);
}

/** The contours of the visible ROIs, on the images that they lie on. */
export function contourLayer(seen: () => Seen): Layer {
  return {
    id: 'contours',
    draw: ({ pane, context, ratio }) =>
      drawContours(context, ratio, pane.plane, (point) => pane.toCanvas(point), drawnOn(seen(), pane).drawn),
    attributes: ({ pane }) => ({ rois: drawnOn(seen(), pane).visible }),
  };
}
