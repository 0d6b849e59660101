import type { Fusion, ViewportState } from '@/lib/live/view-state.ts';
import { frameOf, type Stack } from '../data/stack.ts';
import { largestOf } from './find-stack.ts';

/** A registration (SOP Instance UID) that a fusion names, and the two frames of reference it is named for, in order. */
export type NamedWay = { between: readonly [string, string]; uid: string };

/** What of a viewport's state says by which registration something lies over it; null: it shows nothing. */
export type NamingView =
  | (Pick<ViewportState, 'frameOfReferenceUid'> & {
      fusion: Pick<Fusion, 'seriesUid' | 'registrationUid'> | null;
    })
  | null;

/**
 * What the fusions of viewports name. It is read from what is shown and kept nowhere else: whoever is shown the same
 * view comes to the same registrations.
 */
export function namedWays(views: readonly NamingView[], stacks: readonly Stack[]): NamedWay[] {
  return views.flatMap((view) => {
    const uid = view?.fusion?.registrationUid;
    const over = uid && view.fusion ? largestOf(stacks, view.fusion.seriesUid) : undefined;
    const [own, theirs] = [view?.frameOfReferenceUid, over && frameOf(over)];
    return uid && own && theirs ? [{ between: inOrder(own, theirs), uid }] : [];
  });
}

/** The one registration that is named for two frames of reference; null where none is, or several are. */
export function wayNamed(ways: readonly NamedWay[], from: string | null, to: string | null): string | null {
  if (from === null || to === null) return null;
  const [a, b] = inOrder(from, to);
  const fitting = ways.filter(({ between }) => between[0] === a && between[1] === b);
  const uids = new Set(fitting.map((way) => way.uid));
  return uids.size === 1 ? ([...uids][0] ?? null) : null;
}

/** A registration leads there and back: which of the two lies over the other is nothing to it. */
const inOrder = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);
