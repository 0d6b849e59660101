import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { painting } from './painting.ts';
import type { Pane } from './pane.ts';
import type { ViewerSnapshot } from './store.ts';

/** What a layer draws on: one viewport's overlay, already cleared, in device pixels from its top left corner. */
export type LayerContext = {
  pane: Pane;
  /** The painted plane; `toCanvas(view, point)` gives CSS pixels: times `ratio` on the context. */
  view: ViewPlane;
  context: CanvasRenderingContext2D;
  /** Device pixels per CSS pixel. */
  ratio: number;
  snapshot: ViewerSnapshot;
};

/** What a layer has drawn, told on the viewport's element (`data-rois`, `data-isodoses`). */
export type LayerAttributes = { rois: readonly number[]; isodoses: readonly number[] };

/** Something that lies over the pictures: contours, isodoses, beams, measurements, the crosshair. */
export type Layer = {
  id: string;
  /** Draws it, and gives what of it is seen: visible ROI numbers, visible isodose levels in Gy. */
  draw(on: LayerContext): Partial<LayerAttributes>;
};

/** From the picture upwards. */
export const layerOrders = ['dose', 'contours', 'beams', 'measurements', 'crosshair'] as const;
export type LayerOrder = (typeof layerOrders)[number];

/** The layers of all viewports, in their order; those of one order as they came. */
export class Layers {
  private kept: { layer: Layer; order: LayerOrder }[] = [];

  /** Adds a layer; what is given back takes it away. */
  add(layer: Layer, order: LayerOrder): () => void {
    const entry = { layer, order };
    const rank = (one: LayerOrder) => layerOrders.indexOf(one);
    this.kept = [...this.kept, entry].sort((a, b) => rank(a.order) - rank(b.order));
    return () => {
      this.kept = this.kept.filter((one) => one !== entry);
    };
  }

  /** Draws all layers over a viewport's picture, and gives what is seen of them. Nothing lies over trouble. */
  draw(pane: Pane, snapshot: ViewerSnapshot): LayerAttributes {
    const rois = new Set<number>();
    const isodoses = new Set<number>();
    const ratio = window.devicePixelRatio || 1;
    const context = cleared(pane.overlay, ratio);
    const view = pane.trouble ? null : pane.viewPlane();
    if (context && view) {
      for (const { layer } of this.kept) {
        context.save();
        try {
          const seen = layer.draw({ pane, view, context, ratio, snapshot });
          for (const number of seen.rois ?? []) rois.add(number);
          for (const level of seen.isodoses ?? []) isodoses.add(level);
        } catch (error) {
          // One layer's failure is told to whoever watches the page; the others are still drawn.
          reportError(error);
        }
        context.restore();
      }
    }
    return { rois: ascending(rois), isodoses: ascending(isodoses) };
  }
}

const ascending = (values: ReadonlySet<number>): number[] => [...values].sort((a, b) => a - b);

/** The overlay's context at the size of the screen's own pixels, with nothing on it. */
function cleared(canvas: HTMLCanvasElement, ratio: number): CanvasRenderingContext2D | null {
  // Not the client size, which is rounded: on a fine screen that is up to a pixel.
  const box = canvas.getBoundingClientRect();
  const width = Math.round(box.width * ratio);
  const height = Math.round(box.height * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d', { willReadFrequently: painting.bySoftware });
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}
