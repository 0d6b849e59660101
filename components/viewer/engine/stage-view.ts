import type { RenderingEngine } from '@cornerstonejs/core';
import { sameDirection } from '@/lib/dicom/image-plane.ts';
import type { ViewportState, ViewState } from '@/lib/live/view-state.ts';
import type { Stack } from '../data/stack.ts';
import { ContourIndexes } from '../data/structures.ts';
import { isLayoutId, layouts } from '../ohif/protocols.ts';
import { writeAttributes } from './attributes.ts';
import { ContourSections } from './contour-sections.ts';
import { makeEngine, releaseImages, startCornerstone } from './cornerstone.ts';
import { findStack, nothingIn } from './find-stack.ts';
import { AllHands } from './hands.ts';
import { type Layer, type LayerOrder, Layers } from './layers.ts';
import type { Pane } from './pane.ts';
import { prefetch } from './prefetch.ts';
import { fromRoiStates, toRoiStates } from './roi-state.ts';
import { sameExtras, sameStructureSets, sameView, type ViewExtras } from './same-view.ts';
import { contourLayer, type Seen, type Unseen, unseenOn } from './seen-contours.ts';
import { StackPane } from './stack-pane.ts';
import { StageData } from './stage-data.ts';
import type { ViewerSnapshot } from './store.ts';
import { Tools } from './tools.ts';
import { Volumes } from './volumes.ts';

export type StageEvents = {
  onReady: () => void;
  onMove: (view: ViewState) => void;
  /** A frame was painted, or trouble began or ended: what stands around the picture is drawn anew. */
  onPaint: (pane: Pane) => void;
};

/**
 * The viewports of one open case, and what they show as one plain state with one way in (`show`, and the user's hands,
 * which are Stage's) and one way out (`state`).
 */
export abstract class StageView extends StageData {
  readonly volumes = new Volumes();
  /** What pointers and keys do beside the viewer's own. */
  readonly hands = new AllHands();
  protected readonly engine: RenderingEngine;
  protected readonly tools: Tools;
  private readonly layers = new Layers();
  protected readonly mounted = new Map<string, Pane>();
  private readonly contours = new ContourIndexes();
  private readonly sections = new ContourSections();
  /** What a viewport is to show as soon as it is there. */
  protected assigned = new Map<string, { stack: Stack | null; state: ViewportState | null }>();
  /** What the room knows of us, so that it is told news only. */
  private known: ViewState | null = null;
  /** Each viewport's own size: another layout changes it without changing the window. */
  private readonly sizes = new ResizeObserver(() => this.resized());
  /** The user acted, and the room is told as soon as every viewport of the new layout knows what it shows. */
  private owed = false;
  private stopPrefetch: () => void = () => undefined;
  private ready = false;

  constructor(
    options: { root: string; studyUid?: string },
    private readonly on: StageEvents,
  ) {
    super(options);
    startCornerstone();
    this.engine = makeEngine();
    this.tools = new Tools(this.engine.id);
    this.addLayer(
      contourLayer(() => this.seen()),
      'contours',
    );
    void this.load();
  }

  close(): void {
    this.abort.abort();
    this.structures.close();
    this.stopPrefetch();
    this.sizes.disconnect();
    for (const pane of this.mounted.values()) pane.close();
    this.mounted.clear();
    this.tools.close();
    this.volumes.close();
    this.engine.destroy();
    this.services.close();
    releaseImages();
  }

  protected repaintWords(): void {
    for (const pane of this.mounted.values()) this.on.onPaint(pane);
  }

  /** Chooses the layout by the hanging protocols, unless somebody's view came first. */
  protected hang(): void {
    const hanging = this.services.hang();
    const { stacks, unsupported } = this.services;
    if (!hanging) {
      this.store.set({ status: 'empty', stacks, unsupported });
      return;
    }
    const asked = this.known;
    this.store.set({ status: 'ready', stacks, unsupported, layout: hanging.layout });
    this.assigned = new Map([...hanging.stacks].map(([id, stack]) => [id, { stack, state: null }]));
    this.fill();
    if (asked) this.show(asked);
  }

  // --------------------------------------------------------------------------------------------------- viewports

  /** A viewport's place is on the page. */
  mount(id: string, element: HTMLDivElement): void {
    const pane = new StackPane(id, element, this.engine, this.painted);
    this.mounted.set(id, pane);
    this.tools.add(id);
    this.sizes.observe(element);
    this.fill();
  }

  unmount(id: string): void {
    const pane = this.mounted.get(id);
    if (!pane) return;
    this.sizes.unobserve(pane.element);
    this.tools.remove(id);
    pane.close();
    this.mounted.delete(id);
  }

  pane(id: string): Pane | undefined {
    return this.mounted.get(id);
  }

  /** Every viewport of the layout that is on the page. */
  panes(): readonly Pane[] {
    return [...this.mounted.values()];
  }

  get active(): Pane | undefined {
    return this.mounted.get(this.store.get().activeId);
  }

  /** Keeps what is shown when viewports change their size: the same middle, relative to the new size. */
  private resized(): void {
    const before = [...this.mounted.values()].map((pane) => ({ pane, state: pane.state() }));
    this.engine.resize(true, true);
    for (const { pane, state } of before) if (pane.stack && state) pane.show(pane.stack, state);
  }

  /** Gives the mounted viewports what is assigned to them. */
  protected fill(): void {
    for (const [id, { stack, state }] of this.assigned) {
      const pane = this.mounted.get(id);
      if (!pane) continue;
      this.assigned.delete(id);
      if (!stack) pane.showNothing();
      else if (state) pane.show(stack, state);
      else pane.open(stack);
    }
    this.fetchShown();
  }

  protected fetchShown(): void {
    const uids = [...this.mounted.values()].flatMap((pane) => pane.stack?.displaySetInstanceUID ?? []);
    if (uids.join() !== this.store.get().shown.join()) this.store.set({ shown: uids });
    this.stopPrefetch();
    const shown = [...this.mounted.values()].flatMap((pane) =>
      pane.stack ? [pane.stack.images.map((one) => one.imageId)] : [],
    );
    this.stopPrefetch = prefetch(shown, () => {
      for (const pane of this.mounted.values()) this.on.onPaint(pane);
    });
  }

  // ------------------------------------------------------------------------------------------------------- state

  /** What is shown, or on its way to be; null until every viewport of the layout knows. */
  state(): ViewState | null {
    const { layout, activeId, rois } = this.store.get();
    const extras = extrasOf(this.store.get());
    const { rows, columns } = layouts[layout];
    const viewports: ViewportState[] = [];
    for (let index = 1; index <= rows * columns; index += 1) {
      const id = `v${index}`;
      const pane = this.mounted.get(id);
      if (!pane) return null;
      viewports.push(pane.state() ?? nothingIn(id));
    }
    if (viewports.every((one) => one.seriesUid === null)) return null;
    return { layout, activeViewportId: activeId, viewports, structureSets: toRoiStates(rois), ...extras };
  }

  /** Shows a view that came from elsewhere. Before the images are known it waits. */
  show(view: ViewState): void {
    this.known = view;
    this.owed = false;
    const { status, layout, activeId, stacks, rois } = this.store.get();
    if (status !== 'ready') return;
    const nextLayout = isLayoutId(view.layout) ? view.layout : layout;
    const nextActive = view.activeViewportId ?? 'v1';
    const before = this.state();
    // Thirty times a second only the position is another: the panels are drawn anew, and the contours over the image
    // that is about to go, only when something of theirs changed.
    const otherRois = !sameStructureSets(view.structureSets, toRoiStates(rois));
    const otherExtras = !sameExtras(view, extrasOf(this.store.get()));
    if (otherRois || otherExtras || nextLayout !== layout || nextActive !== activeId)
      this.store.set({
        layout: nextLayout,
        activeId: nextActive,
        rois: otherRois ? new Map([...rois, ...fromRoiStates(view.structureSets)]) : rois,
        ...(otherExtras && extrasOf(view)),
      });
    for (const state of view.viewports) {
      const stack = state.seriesUid === null ? undefined : findStack(stacks, state);
      const pane = this.mounted.get(state.viewportId);
      if (pane && nextLayout === layout) {
        if (stack) pane.show(stack, state);
        else pane.showNothing();
      } else {
        this.assigned.set(state.viewportId, { stack: stack ?? null, state });
      }
    }
    if (nextLayout !== layout) this.fill();
    else if (view.viewports.some((state, index) => state.seriesUid !== before?.viewports[index]?.seriesUid))
      this.fetchShown();
    if (otherRois || otherExtras) this.redraw();
  }

  private painted = (pane: Pane, byUser: boolean): void => {
    this.draw(pane);
    this.on.onPaint(pane);
    if (byUser) this.link(pane);
    this.changed(byUser);
    if (!this.ready && this.state() && [...this.mounted.values()].every((one) => one.settled)) {
      this.ready = true;
      if (this.active) this.link(this.active);
      this.known = this.state();
      this.on.onReady();
    }
  };

  /** Tells the room when something was moved here. */
  protected changed(byUser: boolean): void {
    const state = this.state();
    if (!state) return;
    const own = byUser || this.owed;
    this.owed = false;
    if (sameView(state, this.known)) return;
    const settled = [...this.mounted.values()].every((pane) => pane.settled);
    if (!own && !settled) return;
    this.known = state;
    if (this.ready && own) this.on.onMove(state);
  }

  /** After a user's own act on the panels or by a key: told at once, painted as soon as it can be. */
  protected acted(): void {
    this.owed = true;
    this.changed(true);
  }

  /** Other viewports of the same space and orientation follow to the same place in the patient. */
  protected link(pane: Pane): void {
    const state = pane.state();
    if (!this.store.get().linked || !state?.focalMm || !state.normal) return;
    for (const other of this.mounted.values()) {
      const theirs = other.state();
      const { stack } = other;
      if (other === pane || !stack || !theirs?.focalMm || !theirs.normal || !theirs.frameOfReferenceUid)
        continue;
      if (
        theirs.frameOfReferenceUid !== state.frameOfReferenceUid ||
        !sameDirection(theirs.normal, state.normal)
      )
        continue;
      other.goToPoint(state.focalMm);
    }
  }

  // ------------------------------------------------------------------------------------------------------- layers

  /** Lays something over all pictures, in its order; what is given back takes it away. */
  addLayer(layer: Layer, order: LayerOrder): () => void {
    const remove = this.layers.add(layer, order);
    this.redraw();
    return () => {
      remove();
      this.redraw();
    };
  }

  /** Draws the layers of all viewports anew. It counts as a painted frame. */
  redraw(): void {
    for (const pane of this.mounted.values()) {
      if (!pane.shown) continue;
      pane.paintedOver();
      this.draw(pane);
    }
  }

  private draw(pane: Pane): void {
    writeAttributes(pane, this.layers.draw(pane, this.store.get()));
  }

  /** What is switched on of contours but cannot be seen on a viewport. */
  unseenOn = (pane: Pane): Unseen => unseenOn(this.seen(), pane);

  protected seen(): Seen {
    const { structureSets, rois, stacks } = this.store.get();
    const { contours, sections } = this;
    return { structureSets, rois, stacks, contours, sections, panes: [...this.mounted.values()] };
  }
}

const extrasOf = ({
  dose,
  beamsOf,
  dvhCursorGy,
  measurements,
  suvBy,
}: Pick<ViewerSnapshot, keyof ViewExtras>) => ({
  suvBy,
  dose,
  beamsOf,
  dvhCursorGy,
  measurements: [...measurements],
});
