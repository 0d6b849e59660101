import { Enums, eventTarget, type RenderingEngine, type StackViewport } from '@cornerstonejs/core';
import { type ImagePlane, type Mm3, planeCentre, projectOnPlane } from '@/lib/dicom/image-plane.ts';
import { plainStack, type Vec3, type ViewportState } from '@/lib/live/view-state.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Stack, StackImage } from '../data/stack.ts';
import { dropCanvas } from './drop-canvas.ts';
import { nearestIndex } from './find-stack.ts';
import { dropPicture } from './grey-render.ts';
import { Holding } from './holding.ts';
import { imageIndex, nameOf } from './image-of-state.ts';
import { PaintNow } from './paint-now.ts';
import { makeOverlay, type OnPainted, type Pane, type PaneChange, type PaneTrouble } from './pane.ts';
import { firstInvert, turned } from './polarity.ts';
import {
  type CanvasPoint,
  framing,
  imageField,
  setFraming,
  toCanvas,
  toPatient,
  viewPlaneOf,
} from './projection.ts';
import { rounded, sameViewport } from './same-view.ts';
import { displayFactor, firstVoi, LEAST_WIDTH } from './voi.ts';
import { inOwnWindow, sizeOf } from './window-shape.ts';

const CORRECTIONS = 4;

/** Images as they were acquired, one at a time: a Cornerstone stack viewport and what it is asked to show. */
export class StackPane implements Pane {
  readonly kind = 'stack';
  readonly fusionTrouble = null;
  readonly whole = true;
  readonly viewport: StackViewport;
  readonly overlay: HTMLCanvasElement;
  /** Cornerstone's own: whatever it leaves in it goes with it. */
  private readonly surface = document.createElement('div');
  stack: Stack | null = null;
  trouble: PaneTrouble = null;
  private painted: ViewportState | null = null;
  private wanted: ViewportState | null = null;
  private corrections = 0;
  private painting = 0;
  private readonly now: PaintNow;
  private readonly hand = new Holding();

  constructor(
    readonly id: string,
    readonly element: HTMLDivElement,
    private readonly engine: RenderingEngine,
    private readonly onPainted: OnPainted,
  ) {
    this.now = new PaintNow(engine);
    this.surface.className = 'absolute inset-0';
    element.append(this.surface);
    engine.enableElement({ viewportId: id, type: Enums.ViewportType.STACK, element: this.surface });
    this.viewport = engine.getViewport(id) as StackViewport;
    this.overlay = makeOverlay(element);
    this.surface.addEventListener(Enums.Events.IMAGE_RENDERED, this.rendered);
    eventTarget.addEventListener(Enums.Events.IMAGE_LOAD_ERROR, this.failed as EventListener);
  }

  close(): void {
    eventTarget.removeEventListener(Enums.Events.IMAGE_LOAD_ERROR, this.failed as EventListener);
    this.surface.removeEventListener(Enums.Events.IMAGE_RENDERED, this.rendered);
    const drawnOn = [...this.surface.querySelectorAll('canvas')];
    this.engine.disableElement(this.id);
    this.surface.remove();
    for (const canvas of [...drawnOn, this.overlay]) dropCanvas(canvas);
    for (const canvas of drawnOn) dropPicture(canvas);
  }

  get paints(): number {
    return this.painting;
  }

  paintedOver(): void {
    this.painting += 1;
  }

  get image(): { index: number; image: StackImage } | null {
    const imageId = this.stack && this.viewport.getCornerstoneImage()?.imageId;
    const index = this.stack?.images.findIndex((one) => one.imageId === imageId) ?? -1;
    const image = this.stack?.images[index];
    return image ? { index, image } : null;
  }

  get plane(): ImagePlane | null {
    return this.image?.image.plane ?? null;
  }

  state(): ViewportState | null {
    return this.wanted ?? this.painted;
  }

  get shown(): ViewportState | null {
    return this.painted;
  }

  get settled(): boolean {
    return this.wanted === null;
  }

  viewPlane(): ViewPlane | null {
    const { image } = this;
    return image && this.hasSize ? viewPlaneOf(this.viewport, this.element, image.image.plane) : null;
  }

  toCanvas = (point: Mm3): CanvasPoint => toCanvas(this.viewport, this.plane, point);
  toPatient = (point: CanvasPoint): Mm3 => toPatient(this.viewport, this.plane, point);

  // ------------------------------------------------------------------------------------------------- being asked

  open(stack: Stack): void {
    const middle = stack.images[Math.floor(stack.images.length / 2)];
    if (middle) this.show(stack, this.stateAt(stack, middle));
  }

  /** The state of an image of a stack as it opens first; window and zoom are kept where this pane shows that stack. */
  private stateAt(stack: Stack, image: StackImage): ViewportState {
    const before = this.stack === stack ? this.state() : null;
    const plane = image.plane;
    const focal = plane && (before?.focalMm ? projectOnPlane(plane, before.focalMm) : planeCentre(plane));
    return {
      viewportId: this.id,
      studyUid: stack.StudyInstanceUID,
      seriesUid: stack.SeriesInstanceUID,
      frameOfReferenceUid: plane?.frameOfReferenceUid ?? null,
      focalMm: focal && [...focal],
      ...nameOf(stack, image),
      normal: plane && [...plane.normal],
      voi: before?.voi ?? firstVoi(stack),
      invert: before?.invert ?? firstInvert(stack),
      zoom: before?.zoom ?? 1,
      ...(before?.aspect && { aspect: before.aspect }),
      rotation: 0,
      flipHorizontal: false,
      ...plainStack,
    };
  }

  /** Shows a state of a stack. The position is found in patient mm: the nearest image's plane, in the same space. */
  show(stack: Stack, state: ViewportState): void {
    this.wanted = rounded({ ...state, viewportId: this.id });
    this.corrections = 0;
    const index = imageIndex(stack, this.wanted);
    const moved = this.viewport.getCurrentImageIdIndex() !== index;
    // An image that failed is asked for again; until one is painted the trouble stands.
    if (this.stack !== stack || (this.trouble === 'image_failed' && !moved)) {
      this.load(stack, index);
      return;
    }
    // An image that is at hand is in the viewport before the next frame. Framed before, it would be painted twice.
    if (moved)
      this.viewport.setImageIdIndex(index).then(
        () => {
          this.approach();
          this.now.paint();
        },
        () => undefined,
      );
    else this.approach();
  }

  /** Puts a stack into the viewport. Until its image is painted nothing is shown, and that is said. */
  private load(stack: Stack, index: number): void {
    this.stack = stack;
    this.trouble = null;
    this.painted = null;
    const ids = stack.images.map((image) => image.imageId);
    // Superseded loads neither resolve nor reject; what is painted tells.
    this.viewport.setStack(ids, index).then(
      () => this.approach(),
      () => undefined,
    );
    this.onPainted(this, false);
  }

  showNothing(): void {
    this.trouble = 'not_available';
    this.wanted = null;
    this.painted = null;
    this.stack = null;
    this.onPainted(this, false);
  }

  letGo(): void {
    this.hand.takes();
    const { stack, wanted } = this;
    if (stack && wanted && this.image?.index === imageIndex(stack, wanted)) this.wanted = null;
  }

  change(part: PaneChange): void {
    const state = this.state();
    if (this.stack && state) this.show(this.stack, { ...state, ...part });
  }

  own(): boolean {
    // The image that is about to go has another field.
    if (!this.state()?.aspect || !this.hasSize || !this.image) return false;
    const told = (state: ViewportState | null) =>
      state && inOwnWindow(state, imageField(this.viewport), sizeOf(this.element));
    this.wanted = told(this.wanted);
    this.painted = told(this.painted);
    return true;
  }

  goTo(index: number): void {
    const image = this.stack?.images[Math.max(0, Math.min(this.stack.images.length - 1, index))];
    if (this.stack && image) this.show(this.stack, this.stateAt(this.stack, image));
  }

  goToPoint(point: Mm3): void {
    const index = this.stack && nearestIndex(this.stack, point);
    if (index !== null && index !== this.index) this.goTo(index);
  }

  get index(): number {
    return this.stack ? this.viewport.getCurrentImageIdIndex() : 0;
  }

  get count(): number {
    return this.stack?.images.length ?? 0;
  }

  reset(): void {
    const image = this.stack?.images[this.index];
    if (!this.stack || !image) return;
    const focalMm: Vec3 | null = image.plane && [...planeCentre(image.plane)];
    this.change({
      focalMm,
      zoom: 1,
      aspect: undefined,
      voi: firstVoi(this.stack),
      invert: firstInvert(this.stack),
    });
  }

  /** Window and framing of what is wanted, on the image that is there now. */
  private approach(): void {
    const { wanted, stack, viewport, image } = this;
    if (!wanted || !stack || !image || !this.hasSize) return;
    const factor = displayFactor(stack);
    const voiRange = wanted.voi && {
      lower: (wanted.voi.center - wanted.voi.width / 2) / factor,
      upper: (wanted.voi.center + wanted.voi.width / 2) / factor,
    };
    const invert = turned(image.image, wanted.invert);
    viewport.setProperties({ ...(voiRange && !stack.colour && { voiRange }), invert });
    setFraming(viewport, this.element, this.plane, wanted);
    viewport.render();
  }

  // ------------------------------------------------------------------------------------------------ being painted

  private rendered = (): void => {
    const { stack, wanted } = this;
    if (!stack || !this.hasSize || !this.viewport.getCornerstoneImage()) return;
    const now = this.image;
    if (!now) {
      // Cornerstone's CPU path tells late images by their place alone: this one is of a stack that was left.
      this.load(stack, wanted ? imageIndex(stack, wanted) : this.index);
      return;
    }
    const shown = rounded(this.read(stack, now.image));
    if (!wanted && this.painted && !this.hand.holds && !sameViewport(shown, this.painted)) {
      // Nobody moved: the place has had another size for a moment, which the viewport was told too early or too late.
      this.show(stack, this.painted);
    } else if (!wanted) {
      // Painted anew as it was, when a tool is chosen for instance, is nobody's move.
      const moved = !this.painted || !sameViewport(shown, this.painted);
      if (!this.trouble) this.publish(shown, moved);
    } else if (imageIndex(stack, wanted) !== now.index) {
      // The wanted image is on its way. What is on the screen till then is told as it is.
      this.publish(shown, false);
    } else if (isReached(wanted, shown, now.image.plane) || this.corrections >= CORRECTIONS) {
      this.wanted = null;
      this.trouble = null;
      this.publish(shown, false);
    } else {
      this.corrections += 1;
      this.approach();
    }
  };

  private publish(shown: ViewportState, byUser: boolean): void {
    this.painted = shown;
    this.painting += 1;
    this.onPainted(this, byUser);
  }

  /** A viewport that is folded away has no scale: what is wanted waits until it has room. */
  private get hasSize(): boolean {
    return this.element.clientWidth > 0 && this.element.clientHeight > 0;
  }

  private read(stack: Stack, image: StackImage): ViewportState {
    const state = this.stateAt(stack, image);
    const { focalMm, zoom } = framing(this.viewport, this.element, image.plane, state.aspect);
    const { voiRange, invert } = this.viewport.getProperties();
    const factor = displayFactor(stack);
    return {
      ...state,
      focalMm: image.plane && [...projectOnPlane(image.plane, focalMm)],
      zoom,
      invert: turned(image, invert === true),
      voi: voiRange
        ? {
            center: ((voiRange.lower + voiRange.upper) / 2) * factor,
            width: Math.max(LEAST_WIDTH, (voiRange.upper - voiRange.lower) * factor),
          }
        : null,
    };
  }

  private failed = (event: CustomEvent<{ imageId?: string }>): void => {
    const index = this.stack?.images.findIndex((image) => image.imageId === event.detail.imageId) ?? -1;
    if (index < 0 || index !== this.index) return;
    // The image before it must not stand for it.
    this.trouble = 'image_failed';
    this.painted = this.wanted ?? this.painted;
    this.wanted = null;
    this.onPainted(this, false);
  };
}

const ontoPlane = (plane: ImagePlane | null, point: Mm3): Vec3 => [
  ...(plane ? projectOnPlane(plane, point) : point),
];

function isReached(wanted: ViewportState, shown: ViewportState, plane: ImagePlane | null): boolean {
  const focalMm = wanted.focalMm && ontoPlane(plane, wanted.focalMm);
  // A window that was left open is what the pixels made of it.
  return sameViewport(shown, { ...wanted, focalMm, voi: wanted.voi ?? shown.voi });
}
