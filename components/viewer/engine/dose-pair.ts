import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import type { DoseComparison } from '@/lib/live/view-state.ts';
import { movedDose } from '@/lib/rt/dose-difference.ts';
import type { ShownDose } from '../data/doses.ts';
import type { Spaces } from './spaces.ts';

/** Why two doses are not held against each other. */
export type PairRefusal = 'other_frames' | 'types_differ' | 'session_and_course';

/** Two doses in A's frame of reference; or which of them is not here, or why they do not go together. */
export type ShownPair =
  | {
      known: true;
      a: DoseGrid;
      b: DoseGrid;
      /** What B was brought into A's frame of reference by; null where both have one. */
      registration: string | null;
    }
  | { known: false; side: 'a' | 'b'; reason: Extract<ShownDose, { known: false }>['reason'] }
  | { known: false; side: null; reason: PairRefusal };

type From = {
  shown: (uids: readonly string[]) => ShownDose;
  spaces: Pick<Spaces, 'transform' | 'nameBetween'>;
};

/** The two doses that are compared, brought into one frame of reference. */
export class DosePair {
  private last: { of: readonly unknown[]; pair: ShownPair } | null = null;

  constructor(private readonly from: From) {}

  of({ a, b }: Pick<DoseComparison, 'a' | 'b'>): ShownPair {
    const { shown, spaces } = this.from;
    const [ofA, ofB] = [shown(a.doseUids), shown(b.doseUids)];
    if (!ofA.known) return { known: false, side: 'a', reason: ofA.reason };
    if (!ofB.known) return { known: false, side: 'b', reason: ofB.reason };
    const refused = whyNoPair(ofA.doses, ofB.doses);
    if (refused) return { known: false, side: null, reason: refused };
    const [from, to] = [ofB.grid.frameOfReferenceUid, ofA.grid.frameOfReferenceUid];
    const transform = spaces.transform(from, to);
    if (!transform) return { known: false, side: null, reason: 'other_frames' };
    const of = [ofA.grid, ofB.grid, transform];
    if (this.last?.of.every((one, at) => one === of[at])) return this.last.pair;
    const same = from === to;
    const pair: ShownPair = {
      known: true,
      a: ofA.grid,
      b: same ? ofB.grid : movedDose(ofB.grid, transform, to),
      registration: same ? null : spaces.nameBetween(from, to),
    };
    this.last = { of, pair };
    return pair;
  }
}

/** Physical and weighted doses, a session and a course, differ by what they are before they differ by what they give. */
function whyNoPair(a: readonly DoseHeader[], b: readonly DoseHeader[]): PairRefusal | null {
  const types = new Set([...a, ...b].map((one) => one.doseType));
  if (types.size > 1) return 'types_differ';
  const sessions = new Set([...a, ...b].map((one) => one.summationType.endsWith('_SESSION')));
  return sessions.size > 1 ? 'session_and_course' : null;
}
