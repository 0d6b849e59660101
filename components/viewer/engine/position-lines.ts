import { axisOf } from '@/lib/planes/axes.ts';
import { type CanvasLine, crossing, lineOn, openedAt } from '@/lib/planes/plane-line.ts';
import { type ViewPlane, viewNormal } from '@/lib/planes/view-plane.ts';
import { dropCanvas } from './drop-canvas.ts';
import type { Pane } from './pane.ts';
import type { Spaces } from './spaces.ts';

/** By the plane that is meant: as surgeons' and planners' stations have them. */
const COLOURS = { axial: '#f87171', coronal: '#4ade80', sagittal: '#facc15' } as const;
/** Half of what is left open where lines cross, CSS pixels: the point itself stays to be seen. */
const GAP = 14;
const OPACITY = 0.7;

type SpacesOfLines = Pick<Spaces, 'viewFrom'>;
/** A viewport and the plane that is painted on it; null: none is. */
type Painted = { pane: Pane; view: ViewPlane | null };
type Drawn = { line: CanvasLine; colour: string };

/**
 * Where the other viewports' planes cut each one. On canvases of their own: a plane that moves changes all the others'
 * lines and nothing else of them.
 */
export class PositionLines {
  private readonly canvases = new WeakMap<HTMLElement, { canvas: HTMLCanvasElement; drawn: string }>();

  constructor(
    private readonly spaces: SpacesOfLines,
    private readonly shown: () => boolean,
  ) {}

  draw(panes: readonly Pane[]): void {
    const planes = panes.map((pane) => ({
      pane,
      view: pane.trouble || !pane.shown ? null : pane.viewPlane(),
    }));
    for (const own of planes) {
      const lines = this.shown() ? linesOn(this.spaces, own, planes) : [];
      this.paint(own.pane.element, own.view, lines);
    }
  }

  /** Of a viewport that is gone. */
  drop(element: HTMLElement): void {
    const known = this.canvases.get(element);
    if (known) dropCanvas(known.canvas);
    this.canvases.delete(element);
  }

  private paint(element: HTMLElement, view: ViewPlane | null, lines: readonly Drawn[]): void {
    const known = this.canvases.get(element);
    if (!known && lines.length === 0) return;
    const { canvas, drawn } = known ?? { canvas: makeCanvas(), drawn: '' };
    if (lines.length === 0) {
      // An empty canvas would be one layer more for the browser to lay over the picture.
      dropCanvas(canvas);
      this.canvases.set(element, { canvas, drawn: '' });
      return;
    }
    // Whatever draws the viewport now, lines lie over it.
    if (element.lastElementChild !== canvas) element.append(canvas);
    // Most frames move no line.
    const ratio = window.devicePixelRatio || 1;
    const now = JSON.stringify([view?.width, view?.height, ratio, lines]);
    this.canvases.set(element, { canvas, drawn: now });
    if (now === drawn) return;
    const context = sized(canvas, ratio);
    if (!context || !view) return;
    const reach = view.width + view.height;
    for (const { line, colour } of lines) {
      const others = lines.filter((one) => one.line !== line).map((one) => crossing(line, one.line));
      const places = others.filter((place): place is number => place !== null);
      context.strokeStyle = colour;
      context.beginPath();
      for (const [from, to] of openedAt(places, reach, GAP)) {
        context.moveTo(line.at[0] + from * line.along[0], line.at[1] + from * line.along[1]);
        context.lineTo(line.at[0] + to * line.along[0], line.at[1] + to * line.along[1]);
      }
      context.stroke();
    }
  }
}

/** The lines that the other viewports' planes make on one. */
export function linesOn(spaces: SpacesOfLines, { pane, view }: Painted, planes: readonly Painted[]): Drawn[] {
  const drawn = new Map<string, Drawn>();
  if (!view || !pane.shown) return [];
  for (const { pane: other, view: plane } of planes) {
    // A projection is no plane; of planes it shows those that it sees from their edge.
    if (!plane || !other.shown || other === pane || other.kind === 'mip') continue;
    const here = spaces.viewFrom(plane, other.shown, pane.shown);
    const line = here && lineOn(view, here);
    if (!line || (pane.kind === 'mip' && !seenFromEdge(view, here))) continue;
    const key = [...line.at, ...line.along].map((value) => value.toFixed(1)).join();
    drawn.set(key, { line, colour: COLOURS[axisOf(viewNormal(plane))] });
  }
  return [...drawn.values()];
}

const seenFromEdge = (view: ViewPlane, plane: ViewPlane): boolean => {
  const [a, b] = [viewNormal(view), viewNormal(plane)];
  return Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) < 1e-3;
};

function makeCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.dataset.layer = 'lines';
  canvas.className = 'pointer-events-none absolute inset-0 size-full';
  return canvas;
}

/** The context at the screen's own pixels, empty, in CSS pixels. */
function sized(canvas: HTMLCanvasElement, ratio: number): CanvasRenderingContext2D | null {
  const box = canvas.getBoundingClientRect();
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (context) Object.assign(context, { lineWidth: 1, globalAlpha: OPACITY });
  return context;
}
