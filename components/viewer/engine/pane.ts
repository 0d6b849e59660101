import type { ImagePlane, Mm3 } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Stack, StackImage } from '../data/stack.ts';
import type { FusionTrouble } from './fusion.ts';

/**
 * What stands in the way of a picture; the image area is covered while it does. All but the first two say why a series
 * cannot be cut into other planes than its own.
 */
export type PaneTrouble =
  | 'not_available'
  | 'image_failed'
  | 'no_geometry'
  | 'one_image'
  | 'repeated_position'
  | 'colour'
  | 'not_parallel'
  | null;

/** What a hand may change of what is shown; the rest follows from it. */
export type PaneChange = Partial<
  Pick<
    ViewportState,
    'voi' | 'invert' | 'zoom' | 'aspect' | 'focalMm' | 'colours' | 'fusion' | 'normal' | 'up'
  >
>;

/** Told when a frame was painted, or trouble began or ended; `byUser` when a hand on the viewport itself did it. */
export type OnPainted = (pane: Pane, byUser: boolean) => void;

/**
 * One viewport: what it is asked to show and what it has painted. It is asked by a state and says what it has painted;
 * asked again before it has painted, it goes straight to the newer. `StackPane` shows images as they were acquired,
 * `PlanePane` cuts and projections of a series' volume.
 */
export interface Pane {
  readonly id: string;
  readonly kind: ViewportState['kind'];
  readonly element: HTMLDivElement;
  /** Over the picture, in the same element: the layers are drawn on it after every painted frame. */
  readonly overlay: HTMLCanvasElement;
  readonly stack: Stack | null;
  readonly trouble: PaneTrouble;
  /** Why the series that is to lie over this one does not; the view says so, and shows its own alone. */
  readonly fusionTrouble: FusionTrouble | null;
  /** How many frames were painted. */
  readonly paints: number;
  /** The image that is on the screen, not the one that is on its way; on a reformatted plane the nearest one. */
  readonly image: { index: number; image: StackImage } | null;
  /** The plane of the acquired image that is on the screen; null on reformatted planes and where there is no geometry. */
  readonly plane: ImagePlane | null;
  /** What was painted last. */
  readonly shown: ViewportState | null;
  /** Whether what was asked for is painted. */
  readonly settled: boolean;
  /** Whether all images that the picture is made of are here: until then a cut has gaps. */
  readonly whole: boolean;
  /** Where in the scroll it is, or is on its way to, and how many steps there are. */
  readonly index: number;
  readonly count: number;

  /** The same picture with other layers over it is another painted frame. */
  paintedOver(): void;
  /**
   * The plane that is painted, patient mm; null while there is none. Of an image without geometry: its pixels, as if
   * they were millimetres (column, row, 0) of no frame of reference.
   */
  viewPlane(): ViewPlane | null;
  toCanvas(point: Mm3): CanvasPoint;
  toPatient(point: CanvasPoint): Mm3;
  /** What was asked for last, or else what is painted; null while there is nothing. */
  state(): ViewportState | null;

  /** Opens a series at its middle, the whole image in the window. */
  open(stack: Stack): void;
  /** Shows a state of a series. */
  show(stack: Stack, state: ViewportState): void;
  /** Says that what is to be shown is not here: not attached, or not shared with this person. */
  showNothing(): void;
  /** Changes a part of what is shown; the rest stays as it is. */
  change(part: PaneChange): void;
  /** What was brought tells its zoom of another window: from now on of this one, the picture stays. False: it did so. */
  own(): boolean;
  /** Goes to a place in the scroll. */
  goTo(index: number): void;
  /** Moves along the normal so that the point, mm of its own frame of reference, lies on what is shown; stays where the series does not reach there. */
  goToPoint(point: Mm3): void;
  /** Back to the first window, the whole image in the window; the place stays. */
  reset(): void;
  /** The user's hand is on it: what was asked for from elsewhere is dropped, unless its image is still to come. */
  letGo(): void;
  close(): void;
}

/** The canvas that the layers of a viewport are drawn on, laid over its picture. */
export function makeOverlay(element: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.dataset.layer = 'overlay';
  canvas.className = 'pointer-events-none absolute inset-0 size-full';
  element.append(canvas);
  return canvas;
}
