import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { Fusion, ViewState } from '@/lib/live/view-state.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';
import { roiCentre } from '@/lib/rt/roi-centre.ts';
import type { Stack } from '../data/stack.ts';
import type { LayoutId } from '../ohif/layouts.ts';
import { CursorReader } from './cursor-reader.ts';
import { linkedByHand } from './hand-links.ts';
import type { Hands } from './hands.ts';
import { lookAt } from './look-at.ts';
import { startMarking } from './mark-hands.ts';
import type { Pane, PaneChange } from './pane.ts';
import { cutLike } from './plane-states.ts';
import { roisAt } from './rois-at.ts';
import type { ViewExtras } from './same-view.ts';
import { drawnOn, framesBroughtTo, indexIn } from './seen-contours.ts';
import { StageView } from './stage-view.ts';
import { startMeasuring } from './start-measuring.ts';
import { startSpatial } from './start-spatial.ts';
import type { RoiDisplay } from './store.ts';
import type { ToolId } from './tools.ts';
import { STEP_DEGREES, turnedBy } from './turn-hands.ts';

/** What people do to an open case: by the toolbar, the panels and keys. Each act is told to the room at once. */
export class Stage extends StageView {
  /** First of all hands: a line that is drawn takes hold of nothing under it. */
  readonly marking = startMarking(this);
  readonly measuring = startMeasuring(this);
  readonly reader = new CursorReader(this);
  readonly fusion = startSpatial(this);

  setLayout(layout: LayoutId): void {
    const hanging = this.services.hang(layout);
    if (!hanging) return;
    this.assign({ ...hanging, layout });
    this.store.set({ layout, activeId: 'v1' });
    this.fill();
    this.acted();
  }

  setActive(id: string): void {
    if (this.store.get().activeId === id || !this.mounted.get(id)) return;
    this.store.set({ activeId: id });
    this.acted();
  }

  /** Shows a whole view as the user's own act: a key view, or how another window of theirs is. */
  present(view: ViewState, keyViewId: string | null = null): void {
    this.show({ ...view, keyViewId });
    this.forget();
    this.acted(true);
  }

  /** Opens a series in the active viewport. */
  openStack(stack: Stack): void {
    const { active } = this;
    if (!active || active.stack === stack) return;
    active.open(stack);
    this.fetchShown();
    this.acted();
  }

  chooseTool(tool: ToolId): void {
    this.tools.choose(tool);
    this.store.set({ tool });
  }

  /** Shows acquired images as cuts in their own plane, so that another series can lie over them. */
  cutInstead(pane: Pane, fusion: Fusion): void {
    const state = pane.state();
    if (!pane.stack || !pane.plane || !state) return;
    this.assignOne(pane.id, pane.stack, { ...state, ...cutLike(pane.plane), fusion });
    this.fill();
    this.acted();
  }

  setLinked(linked: boolean): void {
    this.store.set({ linked });
  }

  /** Lets viewports of other spaces follow the active one from where they stand now, or lets them go again. */
  linkByHand(): void {
    if (!this.active) return;
    const handLinks = linkedByHand(this.store.get().handLinks, this.spaces, this.active, this.panes());
    this.store.set({ handLinks });
  }

  /** Whether each viewport shows where the others' planes cut it. */
  setLines(lines: boolean): void {
    this.store.set({ lines });
    this.drawLines();
  }

  /** Takes the other viewports to a point of this one; what lies outside of their windows comes into the middle. */
  lookAt(pane: Pane, mm: Mm3): void {
    if (!this.store.get().linked) return;
    lookAt(this.spaces, pane, this.panes(), mm);
    this.acted();
  }

  /** Scrolls a viewport by images, or turns a projection; the linked ones go to the same place in the patient. */
  scroll(pane: Pane, by: number): void {
    const turned = turnedBy(pane, by * -STEP_DEGREES);
    if (turned) {
      this.change(pane, turned);
      return;
    }
    this.goTo(pane, pane.index + by);
  }

  goTo(pane: Pane, index: number): void {
    pane.goTo(index);
    this.link(pane);
    this.acted();
  }

  change(pane: Pane, part: PaneChange): void {
    pane.change(part);
    this.acted();
  }

  reset(pane: Pane): void {
    pane.reset();
    this.acted();
  }

  setRoi(structureSetUid: string, change: (display: RoiDisplay) => RoiDisplay): void {
    const rois = new Map(this.store.get().rois);
    rois.set(structureSetUid, change(rois.get(structureSetUid) ?? { visible: new Set(), opacity: {} }));
    this.store.set({ rois });
    this.redraw();
    this.acted();
  }

  /** Dose, beams, DVH cursor, measurements, SUV normalisation: what a hand makes of them. */
  setExtras(part: Partial<ViewExtras>): void {
    this.store.set(part);
    this.redraw();
    this.acted();
  }

  /** The dose under this reader's own pointer; drawn here, told to nobody. */
  hoverDose(gy: number | null): void {
    if (this.doses.hover.get().gy === gy) return;
    this.doses.hover.set({ gy });
    this.redraw();
  }

  /** Lets more hands do something; what is given back takes them away. */
  addHands(hands: Hands): () => void {
    return this.hands.add(hands);
  }

  /** Names of the visible ROIs that a place on a viewport lies in. */
  roisAt(pane: Pane, view: ViewPlane, at: CanvasPoint): string[] {
    return roisAt(drawnOn(this.seen(), pane, view).drawn, at);
  }

  /** The registrations, as they are called, by which what is drawn in other spaces lies on a viewport. */
  broughtTo(pane: Pane): Record<'contours' | 'dose' | 'beams', string[]> {
    const own = pane.state()?.frameOfReferenceUid ?? null;
    const names = (frames: readonly (string | null)[]) => [
      ...new Set(frames.flatMap((frame) => (frame === null ? [] : this.spaces.nameBetween(own, frame)))),
    ];
    const { dose, beams } = this.doses.framesBroughtTo(pane);
    return {
      contours: names(framesBroughtTo(this.seen(), pane)),
      dose: names([dose]),
      beams: names([beams]),
    };
  }

  /** Brings a patient point into the middle of every viewport whose space it can be told in. */
  goToPoint(point: Mm3, frameOfReferenceUid: string): void {
    for (const pane of this.panes()) {
      const frame = pane.state()?.frameOfReferenceUid ?? null;
      const there = frame === null ? null : this.spaces.map(point, frameOfReferenceUid, frame);
      if (there) pane.change({ focalMm: [...there] });
    }
    this.acted();
  }

  /** Brings an ROI into the middle of every viewport of its space. */
  goToRoi(set: StructureSet, number: number): void {
    const index = indexIn(this.seen(), set, number);
    const centre = index && roiCentre(index);
    if (centre) this.goToPoint(centre, index.roi.frameOfReferenceUid);
  }
}
