import { addScaled, dot, type ImagePlane, type Mm3, nearestImage } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import { middleOf } from '@/lib/planes/extent.ts';
import { type CanvasPoint, toCanvas, toPatient, type ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Stack, StackImage } from '../data/stack.ts';
import { dropCanvas } from './drop-canvas.ts';
import { type FusionSources, type FusionTrouble, fusionOn } from './fusion.ts';
import { makeOverlay, type OnPainted, type Pane, type PaneChange, type PaneTrouble } from './pane.ts';
import { directionsOf, fieldOf, planeFrame } from './plane-frame.ts';
import { PlanePicture } from './plane-picture.ts';
import { isReached, onStep, type Steps, stepAt, stepsAlong } from './plane-scroll.ts';
import { firstPlane } from './plane-states.ts';
import { firstInvert, turnedTable } from './polarity.ts';
import { rounded } from './same-view.ts';
import { firstVoi } from './voi.ts';
import type { Volumes } from './volumes.ts';
import { windowOf } from './window-of.ts';
import { inOwnWindow, sizeOf } from './window-shape.ts';

/** While slices come, the picture is painted anew this often at most, and no more than a part of the time is spent on it. */
const REPAINT_MS = 250;
const REPAINT_SHARE = 1 / 10;

/** Cuts and projections of a series' volume: painted by lib/planes, the same on every machine. */
export class PlanePane implements Pane {
  readonly overlay: HTMLCanvasElement;
  stack: Stack | null = null;
  trouble: PaneTrouble = null;
  /** Why the series that is to lie over this one does not. */
  fusionTrouble: FusionTrouble | null = null;
  paints = 0;
  private readonly picture: PlanePicture;
  private wanted: ViewportState | null = null;
  private painted: ViewportState | null = null;
  private view: ViewPlane | null = null;
  private steps: Steps = [];
  private stepsNormal = '';
  private frame = 0;
  /** Whether what was painted last has all its slices. */
  private gapless = false;
  /** How long the last painting took. */
  private paintMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopSlices: () => void;

  constructor(
    readonly id: string,
    readonly kind: 'plane' | 'mip',
    readonly element: HTMLDivElement,
    private readonly volumes: Volumes,
    private readonly sources: FusionSources,
    private readonly onPainted: OnPainted,
  ) {
    this.picture = new PlanePicture(element);
    this.overlay = makeOverlay(element);
    this.stopSlices = volumes.onSlices((stack) => this.slicesCame(stack));
  }

  close(): void {
    this.stopSlices();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.picture.close();
    dropCanvas(this.overlay);
  }

  paintedOver(): void {
    this.paints += 1;
  }

  get image(): { index: number; image: StackImage } | null {
    const focal = this.painted?.focalMm;
    const index = this.stack && focal ? nearestImage(this.stack.planes, focal) : -1;
    const image = this.stack?.images[index];
    return image ? { index, image } : null;
  }

  readonly plane: ImagePlane | null = null;

  state(): ViewportState | null {
    return this.wanted ?? this.painted;
  }

  get shown(): ViewportState | null {
    return this.painted;
  }

  get settled(): boolean {
    return this.wanted === null;
  }

  get whole(): boolean {
    return this.gapless;
  }

  viewPlane(): ViewPlane | null {
    return this.view;
  }

  toCanvas = (point: Mm3): CanvasPoint => (this.view ? toCanvas(this.view, point) : [0, 0]);
  toPatient = (point: CanvasPoint): Mm3 => (this.view ? toPatient(this.view, point) : [0, 0, 0]);

  // ------------------------------------------------------------------------------------------------- being asked

  open(stack: Stack): void {
    const first = firstPlane(this.id, stack, this.volumes.geometryOf(stack), {
      kind: this.kind,
      axis: 'axial',
    });
    const { normal, up } = this.state() ?? first;
    this.show(stack, { ...first, normal, up });
  }

  show(stack: Stack, state: ViewportState): void {
    // Before anybody hears of it: a viewport that is about to show something does not show nothing.
    this.wanted = rounded({ ...state, viewportId: this.id, kind: this.kind });
    if (this.stack !== stack) this.load(stack);
    const result = this.volumes.geometryOf(stack);
    if (!result.ok) {
      this.refuse(result.reason);
      return;
    }
    const { normal } = this.wanted;
    if (normal && this.stepsNormal !== normal.join()) {
      this.stepsNormal = normal.join();
      this.steps = stepsAlong(result.geometry, normal);
    }
    this.askForPaint();
  }

  /** Nothing is shown until the first slices are there: another series' picture must not stand under this one's name. */
  private load(stack: Stack): void {
    this.stack = stack;
    this.trouble = null;
    this.painted = null;
    this.view = null;
    this.steps = [];
    this.stepsNormal = '';
    this.picture.clear();
    this.onPainted(this, false);
  }

  private refuse(reason: PaneTrouble): void {
    this.trouble = reason;
    this.painted = this.wanted;
    this.wanted = null;
    this.onPainted(this, false);
  }

  showNothing(): void {
    this.trouble = 'not_available';
    this.wanted = null;
    this.painted = null;
    this.view = null;
    this.stack = null;
    this.onPainted(this, false);
  }

  letGo(): void {
    // What was asked for is painted within a frame: there is nothing to drop.
  }

  change(part: PaneChange): void {
    const state = this.state();
    if (!this.stack || !state) return;
    const focalMm = part.focalMm && this.held(part.focalMm);
    this.show(this.stack, { ...state, ...part, ...(focalMm && { focalMm: [...focalMm] }) });
  }

  own(): boolean {
    const size = sizeOf(this.element);
    const result = this.stack && this.volumes.geometryOf(this.stack);
    if (!this.state()?.aspect || !result?.ok || size.width <= 0 || size.height <= 0) return false;
    const told = (state: ViewportState | null) => {
      const directions = state && directionsOf(state);
      return directions && inOwnWindow(state, fieldOf(result.geometry, state.kind, directions), size);
    };
    this.wanted = told(this.wanted);
    this.painted = told(this.painted);
    return true;
  }

  /** A projection shows all depths: where its middle lies along the normal is nobody's concern. */
  private held(point: Mm3): Mm3 {
    const normal = this.state()?.normal;
    const result = this.stack && this.volumes.geometryOf(this.stack);
    if (this.kind !== 'mip' || !normal || !result?.ok) return point;
    const middle = middleOf(result.geometry);
    return addScaled(point, normal, dot(middle, normal) - dot(point, normal));
  }

  goTo(index: number): void {
    const state = this.state();
    if (this.kind === 'mip' || !this.stack || !state?.focalMm || !state.normal) return;
    this.show(this.stack, { ...state, focalMm: [...onStep(this.steps, state.normal, state.focalMm, index)] });
  }

  goToPoint(point: Mm3): void {
    const state = this.state();
    if (this.kind === 'mip' || !this.stack || !state?.focalMm || !state.normal) return;
    if (!isReached(this.steps, state.normal, point)) return;
    const by = dot(point, state.normal) - dot(state.focalMm, state.normal);
    if (Math.abs(by) < 5e-3) return;
    this.show(this.stack, { ...state, focalMm: [...addScaled(state.focalMm, state.normal, by)] });
  }

  get index(): number {
    const state = this.state();
    return state?.focalMm && state.normal ? stepAt(this.steps, state.normal, state.focalMm) : 0;
  }

  get count(): number {
    return this.kind === 'mip' ? 1 : this.steps.length;
  }

  reset(): void {
    const { stack } = this;
    const state = this.state();
    const result = stack && this.volumes.geometryOf(stack);
    if (!stack || !state?.normal || !state.focalMm || !result?.ok) return;
    const along = dot(state.focalMm, state.normal);
    const middle = middleOf(result.geometry);
    const focalMm = addScaled(middle, state.normal, along - dot(middle, state.normal));
    this.change({
      focalMm: [...focalMm],
      zoom: 1,
      aspect: undefined,
      voi: firstVoi(stack),
      invert: firstInvert(stack),
      colours: 'grey',
    });
  }

  // ------------------------------------------------------------------------------------------------ being painted

  private askForPaint(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private slicesCame(stack: Stack): void {
    const overlay = this.state()?.fusion?.seriesUid;
    if (stack !== this.stack && stack.SeriesInstanceUID !== overlay) return;
    if (this.timer !== undefined) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.askForPaint();
      },
      this.painted ? Math.max(REPAINT_MS, this.paintMs / REPAINT_SHARE) : 0,
    );
  }

  private paint(): void {
    const state = this.state();
    const { stack } = this;
    const volume = stack && this.volumes.of(stack);
    if (!state || !volume || (this.trouble && !this.wanted)) return;
    const view = planeFrame(volume.geometry, state, sizeOf(this.element));
    // Without one slice there is no window and nothing to see: it waits, and that is said.
    const voi = state.voi ?? windowOf(volume);
    if (!view || !voi) return;
    const { overlay, trouble } = fusionOn(this.sources, view, state.fusion);
    const began = performance.now();
    this.picture.paint(volume, view, { ...state, voi, invert: turnedTable(stack, state) }, overlay);
    this.paintMs = performance.now() - began;
    this.gapless = [volume, ...(overlay ? [overlay.volume] : [])].every((one) => !one.slices.includes(null));
    this.view = view;
    this.trouble = null;
    this.fusionTrouble = trouble;
    this.wanted = null;
    this.painted = { ...state, frameOfReferenceUid: volume.frameOfReferenceUid, voi };
    this.paints += 1;
    this.onPainted(this, false);
  }
}
