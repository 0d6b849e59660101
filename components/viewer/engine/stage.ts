import type { StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';
import { roiCentre } from '@/lib/rt/roi-centre.ts';
import type { Stack } from '../data/stack.ts';
import type { LayoutId } from '../ohif/layouts.ts';
import { CursorReader } from './cursor-reader.ts';
import { linkedByHand } from './hand-links.ts';
import type { Hands } from './hands.ts';
import type { Pane, PaneChange } from './pane.ts';
import { roisAt } from './rois-at.ts';
import type { ViewExtras } from './same-view.ts';
import { drawnOn, indexIn } from './seen-contours.ts';
import { StageView } from './stage-view.ts';
import { startMeasuring } from './start-measuring.ts';
import type { RoiDisplay } from './store.ts';
import type { ToolId } from './tools.ts';

/** What people do to an open case: by the toolbar, the panels and keys. Each act is told to the room at once. */
export class Stage extends StageView {
  readonly measuring = startMeasuring(this);
  readonly reader = new CursorReader(this);

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

  setLinked(linked: boolean): void {
    this.store.set({ linked });
  }

  /** Lets viewports of other spaces follow the active one from where they stand now, or lets them go again. */
  linkByHand(): void {
    if (!this.active) return;
    const handLinks = linkedByHand(this.store.get().handLinks, this.spaces, this.active, this.panes());
    this.store.set({ handLinks });
  }

  /** Scrolls a viewport by images; the linked ones go to the same place in the patient. */
  scroll(pane: Pane, by: number): void {
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

  /** Lets more hands do something; what is given back takes them away. */
  addHands(hands: Hands): () => void {
    return this.hands.add(hands);
  }

  /** Names of the visible ROIs that a place on a viewport lies in. */
  roisAt(pane: Pane, view: ViewPlane, at: CanvasPoint): string[] {
    return roisAt(drawnOn(this.seen(), pane, view).drawn, at);
  }

  /** Brings an ROI into the middle of every viewport of its space. */
  goToRoi(set: StructureSet, number: number): void {
    const index = indexIn(this.seen(), set, number);
    const centre = index && roiCentre(index);
    if (!centre) return;
    for (const pane of this.mounted.all()) {
      const frame = pane.state()?.frameOfReferenceUid ?? null;
      const there = this.spaces.map(centre, index.roi.frameOfReferenceUid, frame);
      if (there) pane.change({ focalMm: [...there] });
    }
    this.acted();
  }
}
