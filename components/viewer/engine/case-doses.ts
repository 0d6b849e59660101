import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import { parsePlan } from '@/lib/dicom/rtplan.ts';
import { doseSampler } from '@/lib/rt/dose-at.ts';
import { maxDose } from '@/lib/rt/dose-max.ts';
import { firstDoses } from '@/lib/rt/dose-sum-rules.ts';
import { Doses, type ShownDose } from '../data/doses.ts';
import { doseLayer, type SeenDose, type UnseenDose, unseenDose } from './dose-layer.ts';
import { DosePlanes } from './dose-planes.ts';
import { firstDoseState } from './dose-state.ts';
import type { Layer } from './layers.ts';
import type { Pane } from './pane.ts';
import { viewFor } from './seen-contours.ts';
import type { Spaces } from './spaces.ts';
import type { Store, ViewerSnapshot } from './store.ts';

/** The doses and plans of an open case, and which dose is shown until somebody says otherwise. */
export class CaseDoses {
  /** Lies over all pictures. */
  readonly layer: Layer;
  private readonly doses: Doses;
  private readonly samplers = new WeakMap<DoseGrid, ReturnType<typeof doseSampler>>();
  /** What is to be shown first, while it is on its way. */
  private first: readonly string[] = [];

  private readonly seen: SeenDose;

  constructor(
    from: { root: string; signal: AbortSignal; spaces: Spaces },
    private readonly store: Store<ViewerSnapshot>,
    /** Something came: what is drawn may be another. */
    private readonly onNews: () => void,
  ) {
    this.doses = new Doses(from.root, from.signal, (doses) => {
      store.set({ doses });
      this.showFirst();
      this.onNews();
    });
    const viewIn: SeenDose['viewIn'] = (view, frame) => viewFor(from.spaces, view, frame);
    this.seen = { planes: new DosePlanes(), shown: this.shown, viewIn };
    this.layer = doseLayer(this.seen);
  }

  /** Why the dose that is switched on is not seen on a viewport; null where it is, or none is switched on. */
  unseenOn = (pane: Pane): UnseenDose => unseenDose(this.seen, this.store.get(), pane);

  begin(headers: { doses: readonly JsonDataSet[]; plans: readonly JsonDataSet[] }): void {
    this.store.set({ plans: headers.plans.map(parsePlan) });
    this.doses.take(headers.doses);
    if (this.store.get().dose) return;
    const { doses, stacks } = this.store.get();
    const frames = stacks.flatMap((stack) => stack.planes.map((plane) => plane?.frameOfReferenceUid ?? ''));
    const first = firstDoses(
      doses.map((one) => one.header),
      new Set(frames),
    );
    this.first = first.map((one) => one.sopInstanceUid);
    if (this.first.length > 0) this.doses.shown(this.first);
  }

  shown = (uids: readonly string[]): ShownDose => this.doses.shown(uids);

  /** Gy at a patient point of the dose that is shown; null where it says nothing, or lies in another frame of reference. */
  at(point: Mm3, frameOfReferenceUid: string | null): number | null {
    const { dose } = this.store.get();
    const shown = dose && this.doses.shown(dose.doseUids);
    if (!shown?.known || shown.grid.frameOfReferenceUid !== frameOfReferenceUid) return null;
    const sampler = this.samplers.get(shown.grid) ?? doseSampler(shown.grid);
    this.samplers.set(shown.grid, sampler);
    const value = sampler(...point);
    return Number.isNaN(value) ? null : value;
  }

  /** A shared view that came meanwhile has said it all. */
  private showFirst(): void {
    const { dose, plans } = this.store.get();
    if (dose || this.first.length === 0) return;
    const shown = this.doses.shown(this.first);
    if (!shown.known) return;
    this.store.set({ dose: firstDoseState(shown.doses, plans, maxDose(shown.grid)) });
  }
}
