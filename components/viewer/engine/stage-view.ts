import type { RenderingEngine } from '@cornerstonejs/core';
import type { ViewportState, ViewState } from '@/lib/live/view-state.ts';
import type { ViewerSight } from '../contract.ts';
import type { Stack } from '../data/stack.ts';
import { ContourIndexes } from '../data/structures.ts';
import { isLayoutId, viewportCells } from '../ohif/layouts.ts';
import type { Hanging } from '../ohif/services.ts';
import { writeAttributes } from './attributes.ts';
import { broughtPanels, type Panels, panelsWithoutImages } from './brought-panels.ts';
import { comparisonLayer } from './comparison-layer.ts';
import { ContourSections } from './contour-sections.ts';
import { makeEngine, releaseImages, startCornerstone } from './cornerstone.ts';
import { findStack, isHere, nothingIn } from './find-stack.ts';
import { fusionSources } from './fusion-sources.ts';
import { followTo } from './hand-links.ts';
import { AllHands } from './hands.ts';
import { type Assignment, assignAll, Looks, nothingHung, put } from './hanging.ts';
import { type Layer, type LayerOrder, Layers } from './layers.ts';
import type { Pane, PaneChange } from './pane.ts';
import { Panes } from './panes.ts';
import { PlaneHands } from './plane-hands.ts';
import { PlanePane } from './plane-pane.ts';
import { PositionLines } from './position-lines.ts';
import { idsOf, prefetch } from './prefetch.ts';
import { toRoiStates } from './roi-state.ts';
import { extrasOf, otherSeries, rounded, sameView } from './same-view.ts';
import { contourLayer, type Seen, type Unseen, unseenOn } from './seen-contours.ts';
import { sightOf } from './sight.ts';
import { StackPane } from './stack-pane.ts';
import { StageData, type StageOptions } from './stage-data.ts';
import { Tools } from './tools.ts';
import { Volumes } from './volumes.ts';
import { aspectOf } from './window-shape.ts';

export type StageEvents = {
  onReady: () => void;
  onMove: (view: ViewState) => void;
  /** The user's own view is in windows of another shape now. */
  onReshape: (view: ViewState) => void;
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
  readonly hands = new AllHands(
    new PlaneHands(
      () => this.store.get().tool,
      (pane, part) => this.change(pane, part),
    ),
  );
  protected readonly engine: RenderingEngine;
  protected readonly tools: Tools;
  private readonly layers = new Layers();
  private readonly lines = new PositionLines(this.spaces, () => this.store.get().lines);
  protected readonly mounted = new Panes(
    (id, kind, element) => this.make(id, kind, element),
    (pane) => {
      if (pane.kind === 'stack') this.tools.remove(pane.id);
      this.lines.drop(pane.element);
    },
    () => this.resized(),
  );
  /** How series were last looked at. */
  protected readonly looks = new Looks();
  private readonly contours = new ContourIndexes();
  private readonly sections = new ContourSections();
  /** What a viewport is to show as soon as it is there. */
  protected assigned = new Map<string, Assignment>();
  /** What the room knows of us, so that it is told news only. */
  private known: ViewState | null = null;
  /** What `show` brought, until a hand here makes something else of it. */
  private brought: ViewState | null = null;
  /** The user acted, and the room is told as soon as every viewport of the new layout knows what it shows. */
  private owed = false;
  /** The act was to show a whole view: a key view stays one. */
  private presents = false;
  private stopPrefetch: () => void = () => undefined;
  private ready = false;

  constructor(
    options: StageOptions,
    private readonly on: StageEvents,
  ) {
    super(options);
    startCornerstone();
    this.engine = makeEngine();
    this.tools = new Tools(this.engine.id);
    this.addLayer(this.doses.layer, 'dose');
    this.addLayer(this.doses.pairLayer, 'dose');
    this.addLayer(this.doses.beamLayer, 'beams');
    const seen = () => this.seen();
    this.addLayer(contourLayer(seen), 'contours');
    this.addLayer(comparisonLayer(seen), 'contours');
    void this.load();
  }

  close(): void {
    this.abort.abort();
    this.structures.close();
    this.stopPrefetch();
    this.mounted.close();
    this.tools.close();
    this.volumes.close();
    this.engine.destroy();
    const imageIds = this.services.stacks.flatMap((stack) => stack.images.map((one) => one.imageId));
    this.services.close();
    releaseImages(imageIds);
  }

  protected repaintAll(): void {
    // Cuts may lie in other spaces than what lies over them.
    for (const pane of this.mounted.all()) if (pane.kind !== 'stack') pane.change({});
    for (const pane of this.mounted.all()) this.on.onPaint(pane);
  }

  /** Chooses the layout by the hanging protocols, unless somebody's view came first. */
  protected hang(): void {
    const hanging = this.services.hang();
    const { stacks, unsupported } = this.services;
    const asked = this.known;
    if (!hanging) {
      // Documents alone are read, and shared, beside a viewport that shows nothing.
      const { complete, documents } = this.store.get();
      const status = !complete ? 'loading' : documents.length > 0 ? 'ready' : 'empty';
      this.store.set({ status, stacks, unsupported });
      this.assigned = nothingHung();
      this.fill();
      this.bring(asked && broughtPanels(asked, this.store.get()));
      return;
    }
    this.store.set({ status: 'ready', stacks, unsupported, layout: hanging.layout });
    this.assign(hanging);
    this.fill();
    if (!asked) return;
    if (isHere(stacks, asked)) this.show(asked);
    else this.bring(panelsWithoutImages(asked, this.store.get()));
  }

  // --------------------------------------------------------------------------------------------------- viewports

  /** A viewport's place is on the page. */
  mount(id: string, element: HTMLDivElement): void {
    this.mounted.mount(id, element);
    this.fill();
  }

  unmount(id: string): void {
    this.mounted.unmount(id);
  }

  private make(id: string, kind: ViewportState['kind'], element: HTMLDivElement): Pane {
    if (kind !== 'stack')
      return new PlanePane(id, kind, element, this.volumes, this.fusionSources, this.painted);
    const pane = new StackPane(id, element, this.engine, this.painted);
    this.tools.add(id);
    return pane;
  }

  private readonly fusionSources = fusionSources(
    () => this.store.get().stacks,
    this.volumes,
    this.spaces.viewIn,
  );

  /** Gives a layout's viewports what hangs in them: as it was looked at, at the place that is looked at. */
  protected assign({ layout, hung }: Hanging): void {
    const { active, looks } = this;
    const geometryOf = (stack: Stack) => this.volumes.geometryOf(stack);
    this.assigned = assignAll({ layout, hung }, { panes: this.mounted.all(), active, looks, geometryOf });
  }

  /** Changes a part of what a viewport shows, as the user's own act. */
  abstract change(pane: Pane, part: PaneChange): void;

  pane(id: string): Pane | undefined {
    return this.mounted.get(id);
  }

  /** Every viewport of the layout that is on the page. */
  panes(): readonly Pane[] {
    return this.mounted.all();
  }

  get active(): Pane | undefined {
    return this.mounted.get(this.store.get().activeId);
  }

  /** Keeps what is shown when viewports change their size: the same middle, relative to the new size. */
  private resized(): void {
    const before = this.mounted.all().map((pane) => ({ pane, state: pane.state() }));
    this.engine.resize(true, true);
    for (const { pane, state } of before) if (pane.stack && state) pane.show(pane.stack, state);
    this.reshaped();
  }

  /** From now on others see by this window, though nobody here has moved. */
  lead(): void {
    this.brought = null;
    this.takeOver();
    this.reshaped();
  }

  private reshaped(): void {
    const now = this.brought === null && this.ready ? this.state() : null;
    if (!now || sameView(now, this.known)) return;
    this.known = now;
    this.on.onReshape(now);
  }

  /** Gives the mounted viewports what is assigned to them. */
  protected fill(): void {
    for (const [id, assignment] of this.assigned) {
      const pane = this.mounted.of(id, assignment.kind);
      if (!pane) continue;
      this.assigned.delete(id);
      put(pane, assignment);
    }
    this.fetchShown();
  }

  /** What a viewport shows next, whatever draws it now. */
  protected assignOne(id: string, stack: Stack, state: ViewportState): void {
    this.assigned.set(id, { kind: state.kind, stack, state, look: {}, point: null });
  }

  protected fetchShown(): void {
    const uids = this.mounted.all().flatMap((pane) => pane.stack?.displaySetInstanceUID ?? []);
    if (uids.join() !== this.store.get().shown.join()) this.store.set({ shown: uids });
    this.stopPrefetch();
    const ids = idsOf(this.mounted.all(), this.fusionSources.stackOf);
    this.stopPrefetch = prefetch(ids, () => {
      for (const pane of this.mounted.all()) this.on.onPaint(pane);
    });
  }

  // ------------------------------------------------------------------------------------------------------- state

  /** What is shown, or on its way to be; null until every viewport of the layout knows. */
  state(): ViewState | null {
    const { layout, activeId, rois, documents } = this.store.get();
    const extras = extrasOf(this.store.get());
    const viewports: ViewportState[] = [];
    for (const { viewportId } of viewportCells(layout)) {
      const pane = this.mounted.get(viewportId);
      // Half of a new layout with half of the old one is nobody's view.
      if (!pane || this.assigned.has(viewportId)) return null;
      const shown = pane.state();
      // Whoever sees it elsewhere sees all that this window holds.
      viewports.push(
        shown ? rounded({ ...shown, aspect: shown.aspect ?? aspectOf(pane.element) }) : nothingIn(viewportId),
      );
    }
    if (viewports.every((one) => one.seriesUid === null) && documents.length === 0) return null;
    return { layout, activeViewportId: activeId, viewports, structureSets: toRoiStates(rois), ...extras };
  }

  /** Shows a view that came from elsewhere; before the images are known it waits. */
  show(view: ViewState): void {
    this.known = view;
    this.brought = view;
    this.owed = false;
    const now = this.store.get();
    const { status, layout, activeId, stacks } = now;
    if (status !== 'ready') return;
    const nextLayout = isLayoutId(view.layout) ? view.layout : layout;
    const nextActive = view.activeViewportId ?? 'v1';
    const before = this.state();
    const panels = broughtPanels(view, now);
    if (panels || nextLayout !== layout || nextActive !== activeId)
      this.store.set({ layout: nextLayout, activeId: nextActive, ...panels });
    for (const state of view.viewports) {
      const stack = state.seriesUid === null ? undefined : findStack(stacks, state);
      const { kind } = state;
      const assignment: Assignment = { kind, stack: stack ?? null, state, look: {}, point: null };
      const pane = nextLayout === layout ? this.mounted.of(state.viewportId, kind) : undefined;
      if (pane) put(pane, assignment);
      else this.assigned.set(state.viewportId, assignment);
    }
    if (nextLayout !== layout) this.fill();
    else if (view.viewports.some((state, index) => otherSeries(state, before?.viewports[index])))
      this.fetchShown();
    if (panels) this.redraw();
  }

  private bring(panels: Panels | null): void {
    if (!panels) return;
    this.store.set(panels);
    this.redraw();
  }

  /** What of the view that was brought is on the screen. */
  sight(): ViewerSight {
    const sight = sightOf(this.brought, this.store.get(), (id) => this.mounted.get(id));
    return this.assigned.size > 0 ? { ...sight, whole: false } : sight;
  }

  private painted = (pane: Pane, byUser: boolean): void => {
    if (pane.stack && pane.shown && !pane.trouble) this.looks.keep(pane.stack, pane.shown);
    this.draw(pane);
    this.drawLines();
    this.on.onPaint(pane);
    if (byUser) this.link(pane);
    this.changed(byUser);
    if (!this.ready && this.state() && this.mounted.all().every((one) => one.settled)) {
      this.ready = true;
      if (this.active) this.link(this.active);
      this.known = this.state();
      this.on.onReady();
    }
  };

  /** Tells the room when something was moved here. */
  protected changed(byUser: boolean): void {
    this.followNamedWays();
    const before = this.state();
    if (!before) return;
    const acts = byUser || this.owed;
    this.owed = false;
    const moves = acts && !sameView(before, this.known);
    // Whatever a hand here changes, what is shown is no longer what was saved.
    if (moves && !this.presents) this.store.set({ keyViewId: null });
    this.presents = false;
    // What is the user's own is told of their own window, not of the one that it came from; that is news as well.
    const own = ((moves || this.brought === null) && this.takeOver()) || acts;
    const state = own ? (this.state() ?? before) : before;
    if (sameView(state, this.known)) return;
    const settled = this.mounted.all().every((pane) => pane.settled);
    if (!own && !settled) return;
    this.known = state;
    if (own) this.brought = null;
    if (this.ready && own) this.on.onMove(state);
  }

  private takeOver(): boolean {
    const taken = this.mounted.all().filter((pane) => pane.own());
    for (const pane of taken) this.draw(pane);
    return taken.length > 0;
  }

  /** What is shown is news to the room, though it came as a whole. */
  protected forget(): void {
    this.known = null;
  }

  /** After a user's own act on the panels or by a key: told at once, painted as soon as it can be. */
  protected acted(presents = false): void {
    this.presents ||= presents;
    this.owed = true;
    this.changed(true);
  }

  /** Other viewports of the same orientation follow to the same place in the patient: in one space, by registration or linked by hand. */
  protected link(pane: Pane): void {
    if (this.store.get().linked) followTo(this.spaces, pane, this.mounted.all());
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
    for (const pane of this.mounted.all()) {
      if (!pane.shown) continue;
      pane.paintedOver();
      this.draw(pane);
    }
  }

  protected drawLines(): void {
    this.lines.draw(this.mounted.all());
  }

  private draw(pane: Pane): void {
    writeAttributes(pane, this.layers.draw(pane, this.store.get()));
  }

  /** What is switched on of contours but cannot be seen on a viewport. */
  unseenOn = (pane: Pane): Unseen => unseenOn(this.seen(), pane);

  protected seen(): Seen {
    const { structureSets, rois, stacks } = this.store.get();
    const { contours, sections } = this;
    const panes = this.mounted.all();
    return { structureSets, rois, stacks, contours, sections, panes, viewIn: this.spaces.viewIn };
  }
}
