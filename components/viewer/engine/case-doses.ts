import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import { parsePlan } from '@/lib/dicom/rtplan.ts';
import type { DoseComparison } from '@/lib/live/view-state.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { doseSampler } from '@/lib/rt/dose-at.ts';
import { maxDose } from '@/lib/rt/dose-max.ts';
import { firstDoses } from '@/lib/rt/dose-sum-rules.ts';
import { Doses, type ShownDose } from '../data/doses.ts';
import { beamLayer, beamsBroughtFrom, type UnseenBeams, unseenBeams } from './beam-layer.ts';
import { doseBroughtFrom, doseLayer, type SeenDose, type UnseenDose, unseenDose } from './dose-layer.ts';
import { DosePair, type ShownPair } from './dose-pair.ts';
import { dosePairLayer, pairBroughtFrom, type UnseenPair, unseenPair } from './dose-pair-layer.ts';
import { DosePlanes } from './dose-planes.ts';
import { firstDoseState, isOn } from './dose-state.ts';
import { levelUnder } from './dose-under.ts';
import type { Layer } from './layers.ts';
import type { Pane } from './pane.ts';
import { viewFor } from './seen-contours.ts';
import type { Spaces } from './spaces.ts';
import { Store, type ViewerSnapshot } from './store.ts';

/** The doses and plans of an open case, and which dose is shown until somebody says otherwise. */
export class CaseDoses {
  /** The dose under the reader's own pointer, in a curve or on an isodose. */
  readonly hover = new Store<{ gy: number | null }>({ gy: null });
  /** They lie over all pictures. */
  readonly layer: Layer;
  readonly pairLayer: Layer;
  readonly beamLayer: Layer;
  private readonly doses: Doses;
  private readonly pairs: DosePair;
  private readonly samplers = new WeakMap<DoseGrid, ReturnType<typeof doseSampler>>();
  /** What is to be shown first, while it is on its way. */
  private first: readonly string[] = [];

  private readonly seen: SeenDose;
  private readonly spaces: Spaces;

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
    this.spaces = from.spaces;
    const viewIn: SeenDose['viewIn'] = (view, frame) => viewFor(from.spaces, view, frame);
    const hoverGy = () => this.hover.get().gy;
    const { shown, pair } = this;
    this.pairs = new DosePair({ shown, spaces: from.spaces });
    const replaced = () => this.comparedNow()?.known === true;
    this.seen = { planes: new DosePlanes(), shown, viewIn, hoverGy, replaced };
    this.layer = doseLayer(this.seen);
    this.pairLayer = dosePairLayer({ ...this.seen, pair });
    this.beamLayer = beamLayer(this.seen);
  }

  /** Why the beams that are switched on are not seen on a viewport. */
  beamsUnseenOn = (pane: Pane): UnseenBeams => unseenBeams(this.seen, this.store.get(), pane);

  /** Why the dose that is switched on is not seen on a viewport; null where it is, or none is switched on. */
  unseenOn = (pane: Pane): UnseenDose => unseenDose(this.seen, this.store.get(), pane);

  /** Why the doses that are compared are not seen on a viewport. */
  pairUnseenOn = (pane: Pane): UnseenPair =>
    unseenPair({ ...this.seen, pair: this.pair }, this.store.get(), pane);

  /** The frames of reference that doses and beams on a viewport come from by registration. */
  framesBroughtTo(pane: Pane): { dose: string | null; beams: string | null } {
    const { seen, pair } = this;
    const snapshot = this.store.get();
    const compared = pairBroughtFrom({ ...seen, pair }, snapshot, pane);
    return {
      dose: compared ?? doseBroughtFrom(seen, snapshot, pane),
      beams: beamsBroughtFrom(seen, snapshot, pane),
    };
  }

  /** Two doses that are held against each other; asks for them where they are not here yet. */
  pair = (comparison: DoseComparison): ShownPair => this.pairs.of(comparison);

  /** The two that are compared in the view; null while none are. */
  private comparedNow(): ShownPair | null {
    const { doseComparison } = this.store.get();
    return doseComparison && this.pair(doseComparison);
  }

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

  /** The isodose that is drawn under a point of a painted plane, within so many mm; null where there is none. */
  levelUnder(view: ViewPlane, point: Mm3, withinMm: number): number | null {
    return levelUnder(this.seen, this.store.get(), view, point, withinMm);
  }

  /** Gy at a patient point of the dose that is shown; null where it says nothing, or nothing leads to its space. */
  at(point: Mm3, frameOfReferenceUid: string | null): number | null {
    const { dose } = this.store.get();
    const shown = isOn(dose) ? this.doses.shown(dose.doseUids) : null;
    return shown?.known ? this.sampled(shown.grid, point, frameOfReferenceUid) : null;
  }

  /** Gy of both compared doses at a patient point; null while none are compared. */
  pairAt(point: Mm3, frameOfReferenceUid: string | null): { a: number | null; b: number | null } | null {
    const pair = this.comparedNow();
    if (!pair?.known) return null;
    const at = (grid: DoseGrid) => this.sampled(grid, point, frameOfReferenceUid);
    return { a: at(pair.a), b: at(pair.b) };
  }

  private sampled(grid: DoseGrid, point: Mm3, frameOfReferenceUid: string | null): number | null {
    const there = this.spaces.map(point, frameOfReferenceUid, grid.frameOfReferenceUid);
    if (!there) return null;
    const sampler = this.samplers.get(grid) ?? doseSampler(grid);
    this.samplers.set(grid, sampler);
    const value = sampler(...there);
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
