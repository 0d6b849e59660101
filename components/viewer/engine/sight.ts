import type { Missing } from '@/lib/live/protocol.ts';
import type { ViewportState, ViewState } from '@/lib/live/view-state.ts';
import type { ViewerSight } from '../contract.ts';
import { isLayoutId } from '../ohif/layouts.ts';
import type { Pane } from './pane.ts';
import { sameDocument, sameViewport } from './same-view.ts';
import type { ViewerSnapshot } from './store.ts';

export type SightSnapshot = Pick<ViewerSnapshot, 'status' | 'complete'> & {
  structureSets: readonly { set: { sopInstanceUid: string } }[];
  segmentations: readonly { sopInstanceUid: string; state: string }[];
  doses: readonly { header: { sopInstanceUid: string }; progress: string }[];
  plans: readonly { sopInstanceUid: string }[];
  stacks: readonly { SeriesInstanceUID: string }[];
  documents: readonly { sopInstanceUid: string }[];
  painted: ViewerSnapshot['painted'];
};
type PaneSight = Pick<Pane, 'settled' | 'trouble' | 'shown' | 'fusionTrouble' | 'whole'>;
/** `waits`: it may still come. */
type Part = Missing | 'waits' | null;

/**
 * What of an asked view is on the screen: compared with what was painted, not with what was asked for. Positions and
 * windows have the tolerances of `sameViewport`: less than anybody could see.
 */
export function sightOf(
  of: ViewState | null,
  snapshot: SightSnapshot,
  paneOf: (id: string) => PaneSight | undefined,
): ViewerSight {
  const { status } = snapshot;
  if (status === 'empty' || status === 'refused') return { of, whole: true, missing: ['not_shared'] };
  if (status === 'failed') return { of, whole: true, missing: ['failed'] };
  if (!of || status !== 'ready') return { of, whole: false, missing: [] };
  const parts: Part[] = [
    isLayoutId(of.layout) ? null : 'unsupported',
    ...of.viewports.map((asked) => viewportPart(asked, paneOf(asked.viewportId))),
    ...of.structureSets.map(({ structureSetUid, visible }) =>
      visible.length > 0 ? setPart(structureSetUid, snapshot) : null,
    ),
    // Of two that are compared one alone shows nothing of either.
    ...[of.comparison?.referenceUid, of.comparison?.comparedUid].map((uid) =>
      uid ? setPart(uid, snapshot) : null,
    ),
    ...(of.dose?.levels.some((level) => level.visible) ? of.dose.doseUids : []).map((uid) =>
      dosePart(uid, snapshot),
    ),
    ...[of.doseComparison?.a, of.doseComparison?.b].flatMap(
      (side) => side?.doseUids.map((uid) => dosePart(uid, snapshot)) ?? [],
    ),
    isHere(of.beamsOf, snapshot.plans, (plan) => plan.sopInstanceUid, snapshot),
    documentPart(of.document, snapshot),
    // Their figures are read from the pixels of the series that they were drawn on.
    ...of.measurements.map(({ seriesUid }) =>
      isHere(seriesUid, snapshot.stacks, (stack) => stack.SeriesInstanceUID, snapshot),
    ),
  ];
  const missing = new Set(parts.filter((part) => part !== null && part !== 'waits'));
  return { of, whole: !parts.includes('waits'), missing: [...missing].sort() };
}

function viewportPart(asked: ViewportState, pane: PaneSight | undefined): Part {
  if (asked.seriesUid === null) return null;
  // No viewport turns or mirrors its picture: what is asked for so is not what is seen.
  if (asked.rotation !== 0 || asked.flipHorizontal) return 'unsupported';
  if (!pane?.settled) return 'waits';
  if (pane.trouble === 'not_available') return 'not_shared';
  if (pane.trouble === 'image_failed') return 'failed';
  if (pane.trouble) return 'unsupported';
  // What no registration joins is apart for everybody; what is not shared is missing here.
  if (pane.fusionTrouble === 'overlay_not_available') return 'not_shared';
  const { shown } = pane;
  if (!shown || !pane.whole) return 'waits';
  const drawn =
    shown.kind === asked.kind &&
    shown.colours === asked.colours &&
    (shown.fusion === null) === (asked.fusion === null);
  if (!drawn) return 'unsupported';
  return sameViewport(shown, { ...asked, voi: asked.voi ?? shown.voi }) ? null : 'other_place';
}

function isHere<T>(
  uid: string | null,
  all: readonly T[],
  uidOf: (one: T) => string,
  { complete }: SightSnapshot,
): Part {
  if (uid === null || all.some((one) => uidOf(one) === uid)) return null;
  return complete ? 'not_shared' : 'waits';
}

/** The page is compared with what was painted of it; one that is not there was never painted. */
function documentPart(asked: ViewState['document'], snapshot: SightSnapshot): Part {
  if (asked === null) return null;
  const here = isHere(asked.sopInstanceUid, snapshot.documents, (one) => one.sopInstanceUid, snapshot);
  if (here) return here;
  const { painted } = snapshot;
  return painted && sameDocument(painted.of, asked) ? painted.trouble : 'waits';
}

function setPart(uid: string, snapshot: SightSnapshot): Part {
  if (snapshot.structureSets.some(({ set }) => set.sopInstanceUid === uid)) return null;
  const coming = snapshot.segmentations.find((one) => one.sopInstanceUid === uid);
  if (coming?.state === 'loading' || !snapshot.complete) return 'waits';
  if (!coming) return 'not_shared';
  return coming.state === 'failed' ? 'failed' : 'unsupported';
}

function dosePart(uid: string, { doses, complete }: SightSnapshot): Part {
  const progress = doses.find(({ header }) => header.sopInstanceUid === uid)?.progress;
  if (progress === undefined) return complete ? 'not_shared' : 'waits';
  if (progress === 'ready') return null;
  if (progress === 'known' || progress === 'loading') return 'waits';
  return progress === 'failed' ? 'failed' : 'unsupported';
}
