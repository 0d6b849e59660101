import type { ViewportState } from '@/lib/live/view-state.ts';
import { composeRgba } from '@/lib/planes/compose.ts';
import type { Size } from '@/lib/planes/raster.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Volume } from '@/lib/planes/volume.ts';
import { dropCanvas } from './drop-canvas.ts';
import type { FusedOverlay } from './fusion.ts';
import { PlaneCut } from './plane-cut.ts';
import { turnedTable } from './polarity.ts';
import type { Voi } from './voi.ts';

/** No more pixels than this are computed for a cut, and for a projection, which costs many times as much each. */
const MOST_PIXELS = { plane: 2_000_000, mip: 400_000 } as const;

/** The canvas of one viewport on which cuts and projections are painted; its buffers are used again. */
export class PlanePicture {
  readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d', { alpha: false });
  private image: ImageData | null = null;
  private readonly base = new PlaneCut();
  private readonly over = new PlaneCut();
  /** With what the cuts were put on the canvas. */
  private holds = '';

  constructor(element: HTMLElement) {
    this.canvas.className = 'absolute inset-0 size-full';
    element.append(this.canvas);
  }

  /**
   * @param view in the volume's frame of reference; the overlay carries its own
   * @param state `invert` is of values: `turnedTable` makes it from a viewport's
   */
  paint(
    volume: Volume,
    view: ViewPlane,
    state: ViewportState & { voi: Voi },
    overlay: FusedOverlay | null,
  ): void {
    const kind = state.kind === 'mip' ? 'mip' : 'plane';
    const size = sizeOf(view, kind);
    const image = this.prepared(size);
    const { voi, colours, invert } = state;
    const made = [
      this.base.make(volume, view, size, kind),
      overlay !== null && this.over.make(overlay.volume, overlay.view, size, kind),
    ];
    // Another viewport's move, or a follower's page that is told the whole view: this one's picture is there already.
    const holds = JSON.stringify([size, voi, colours, invert, overlay?.fusion]);
    if (!made.includes(true) && this.holds === holds) return;
    this.holds = holds;
    const length = size.width * size.height;
    composeRgba(
      { values: this.base.values.subarray(0, length), voi, colours, invert },
      overlay && {
        values: this.over.values.subarray(0, length),
        voi: overlay.fusion.voi,
        colours: overlay.fusion.colours,
        blend: overlay.fusion.blend,
        above: overlay.fusion.above,
        invert: turnedTable(overlay.stack, { ...overlay.fusion, invert: false }),
      },
      image.data,
    );
    this.context?.putImageData(image, 0, 0);
  }

  clear(): void {
    this.holds = '';
    this.context?.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  close(): void {
    dropCanvas(this.canvas);
  }

  private prepared({ width, height }: Size): ImageData {
    if (this.image && this.image.width === width && this.image.height === height) return this.image;
    this.canvas.width = width;
    this.canvas.height = height;
    this.image = new ImageData(width, height);
    return this.image;
  }
}

/** The screen's own pixels where they are not too many. */
function sizeOf({ width, height }: ViewPlane, kind: 'plane' | 'mip'): Size {
  const ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS[kind] / (width * height)));
  return { width: Math.max(1, Math.round(width * ratio)), height: Math.max(1, Math.round(height * ratio)) };
}
