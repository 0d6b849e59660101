import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { RoiIndex } from '@/lib/rt/section-index.ts';
import { cutPlaneOf } from '@/lib/rt/section-plane.ts';
import type { Stack } from '../data/stack.ts';
import { type ContourIndexes, slicesOfSet } from '../data/structures.ts';
import { type DrawnRoi, drawContours } from './contour-layer.ts';
import type { ContourSections } from './contour-sections.ts';
import type { Layer } from './layers.ts';
import type { Pane } from './pane.ts';
import { opacityOf } from './roi-state.ts';
import type { ViewerSnapshot } from './store.ts';

/** What decides which contours are seen where. */
export type Seen = Pick<ViewerSnapshot, 'structureSets' | 'rois' | 'stacks'> & {
  contours: ContourIndexes;
  sections: ContourSections;
  panes: readonly Pane[];
  /** A painted plane in another frame of reference, by a registration that is applied; null where there is none. */
  viewIn?: (view: ViewPlane, frameOfReferenceUid: string) => ViewPlane | null;
};

/** The plane as another frame of reference has it; null when nothing brings the two together. */
export function viewFor(seen: Pick<Seen, 'viewIn'>, view: ViewPlane, frame: string): ViewPlane | null {
  if (frame === '') return null;
  if (view.frameOfReferenceUid === frame) return view;
  return seen.viewIn?.(view, frame) ?? null;
}

/** Visible ROIs of the sets that fit, each with what it is shown like. */
function* shownRois(seen: Seen): Generator<{ set: StructureSet; roi: Roi; opacity: number }> {
  for (const { set, fit } of seen.structureSets) {
    const display = seen.rois.get(set.sopInstanceUid);
    if (!fit.fits || !display) continue;
    for (const roi of set.rois)
      if (display.visible.has(roi.number)) yield { set, roi, opacity: opacityOf(display, roi) };
  }
}

/** An ROI made ready to be cut. */
export function indexIn(seen: Seen, set: StructureSet, number: number): RoiIndex | undefined {
  return seen.sections.indexOf(set, number, slicesOfSet(set, seen.stacks));
}

/** What a painted plane shows of the visible ROIs, and the numbers of those that lie in its space. */
export function drawnOn(seen: Seen, pane: Pane, view: ViewPlane): { drawn: DrawnRoi[]; visible: number[] } {
  const drawn: DrawnRoi[] = [];
  const visible = new Set<number>();
  // A projection shows all depths at once: a cut would lie on it in the wrong place.
  if (pane.kind === 'mip') return { drawn, visible: [] };
  for (const { set, roi, opacity } of shownRois(seen)) {
    const own = viewFor(seen, view, roi.frameOfReferenceUid);
    if (!own) continue;
    visible.add(roi.number);
    const index = indexIn(seen, set, roi.number);
    if (index) drawn.push({ roi, section: seen.sections.cut(index, cutPlaneOf(own)), opacity, view: own });
  }
  return { drawn, visible: [...visible] };
}

/** What cannot be seen on a viewport though it is switched on, or would be; the reader is told. */
export type Unseen = {
  /** Contours that lie on none of its images. */
  contours: number;
  /** ROIs in another frame of reference, without a registration. */
  otherFrame: number;
  /** ROIs that a projection does not show. */
  projection: number;
  /** Names of ROIs that are not drawn anywhere, as they do not fit the images. */
  refused: readonly string[];
};

export function unseenOn(seen: Seen, pane: Pane): Unseen {
  const view = pane.viewPlane();
  const rois = [...shownRois(seen)].filter(({ roi }) => roi.contours.length > 0);
  if (!pane.stack || !view || rois.length === 0)
    return { contours: 0, otherFrame: 0, projection: 0, refused: [] };
  return {
    refused: refusedOn(seen, pane.stack),
    contours: pane.kind === 'stack' ? unplacedOn(seen, pane.stack) : 0,
    otherFrame: rois.filter(({ roi }) => !viewFor(seen, view, roi.frameOfReferenceUid)).length,
    projection: pane.kind === 'mip' ? rois.length : 0,
  };
}

/** Frames of reference of visible ROIs that are brought to a viewport from elsewhere. */
export function framesBroughtTo(seen: Seen, pane: Pane): string[] {
  const view = pane.kind === 'mip' ? null : pane.viewPlane();
  if (!view) return [];
  const frames = new Set([...shownRois(seen)].map(({ roi }) => roi.frameOfReferenceUid));
  return [...frames].filter((frame) => frame !== view.frameOfReferenceUid && viewFor(seen, view, frame));
}

/** ROIs that were refused of the sets that were drawn on a series, or on none that is named, and of which others are seen. */
const refusedOn = (seen: Seen, stack: Stack): string[] =>
  seen.structureSets.flatMap(({ set, fit }) => {
    const { referencedSeriesUids: drawnOn } = set;
    const isOwn = drawnOn.length === 0 || drawnOn.includes(stack.SeriesInstanceUID);
    const isSeen = (seen.rois.get(set.sopInstanceUid)?.visible.size ?? 0) > 0;
    return fit.fits && isOwn && isSeen ? fit.refused.map(({ roi }) => roi.name || `${roi.number}`) : [];
  });

/** Contours of visible ROIs that lie on none of the images of the very series they were drawn on. */
function unplacedOn(seen: Seen, stack: Stack): number {
  return seen.structureSets.reduce((sum, { set, fit }) => {
    const visible = seen.rois.get(set.sopInstanceUid)?.visible.size ?? 0;
    const own = set.referencedSeriesUids.includes(stack.SeriesInstanceUID);
    return fit.fits && visible > 0 && own ? sum + seen.contours.of(set, stack).unplaced : sum;
  }, 0);
}

/** The contours of the visible ROIs on every plane of their space. */
export function contourLayer(seen: () => Seen): Layer {
  return {
    id: 'contours',
    draw: ({ pane, view, context, ratio }) => {
      const { drawn, visible } = drawnOn(seen(), pane, view);
      drawContours(context, ratio, drawn);
      return { rois: visible };
    },
  };
}
