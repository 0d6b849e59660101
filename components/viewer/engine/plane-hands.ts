import { addScaled, type Mm3 } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';
import type { HandEvent, Hands } from './hands.ts';
import type { Pane, PaneChange } from './pane.ts';
import type { ToolId } from './tools.ts';

type Act = 'window' | 'pan' | 'zoom';
/** What a gesture began on. */
type Gesture = { act: Act; pane: Pane; state: ViewportState; view: ViewPlane; from: CanvasPoint };

/** A drag of so many CSS pixels doubles the size. */
const DOUBLE_PX = 120;
/** A drag of so many CSS pixels changes the window by its own width. */
const WINDOW_PX = 350;
const [MIDDLE, RIGHT] = [1, 2];

/** Window, pan and zoom on cuts and projections, by the same buttons as on acquired images; two fingers pan and pinch. */
export class PlaneHands implements Hands {
  readonly id = 'plane';
  private gesture: Gesture | null = null;
  private readonly fingers = new Map<number, CanvasPoint>();

  constructor(
    private readonly tool: () => ToolId,
    private readonly change: (pane: Pane, part: PaneChange) => void,
  ) {}

  down(on: HandEvent): boolean {
    const { pane, event } = on;
    if (pane.kind === 'stack') return false;
    if (event.pointerType === 'touch') this.fingers.set(event.pointerId, on.point);
    const act = this.actOf(event);
    if (!act) return false;
    return this.begin(on, act);
  }

  private begin({ pane, view, point }: HandEvent, act: Act): boolean {
    const state = pane.state();
    if (!state?.focalMm) return false;
    this.gesture = { act, pane, state, view, from: point };
    return true;
  }

  private actOf({ button, pointerType }: PointerEvent): Act | null {
    if (pointerType === 'touch' && this.fingers.size > 1) return 'pan';
    if (button === MIDDLE) return 'pan';
    if (button === RIGHT) return 'zoom';
    const tool = this.tool();
    return tool === 'window' || tool === 'pan' || tool === 'zoom' ? tool : null;
  }

  move(on: HandEvent): void {
    const { gesture } = this;
    if (!gesture || gesture.pane !== on.pane) return;
    if (this.fingers.has(on.event.pointerId) && this.fingers.size === 2) {
      this.pinch(on, gesture);
      return;
    }
    const by: CanvasPoint = [on.point[0] - gesture.from[0], on.point[1] - gesture.from[1]];
    this.change(gesture.pane, changeOf(gesture, by));
  }

  up({ event }: HandEvent): void {
    this.fingers.delete(event.pointerId);
    this.gesture = null;
  }

  /** Two fingers: what lies between them stays between them. */
  private pinch(on: HandEvent, gesture: Gesture): void {
    const before = [...this.fingers.values()];
    this.fingers.set(on.event.pointerId, on.point);
    const after = [...this.fingers.values()];
    const state = gesture.pane.state();
    const view = gesture.pane.viewPlane();
    if (!state?.focalMm || !view) return;
    const middle = (points: CanvasPoint[]): CanvasPoint => [
      ((points[0]?.[0] ?? 0) + (points[1]?.[0] ?? 0)) / 2,
      ((points[0]?.[1] ?? 0) + (points[1]?.[1] ?? 0)) / 2,
    ];
    const apart = (points: CanvasPoint[]): number =>
      Math.hypot(
        (points[0]?.[0] ?? 0) - (points[1]?.[0] ?? 0),
        (points[0]?.[1] ?? 0) - (points[1]?.[1] ?? 0),
      );
    const [a, b] = [middle(before), middle(after)];
    this.change(gesture.pane, {
      focalMm: [...panned(view, state.focalMm, [b[0] - a[0], b[1] - a[1]])],
      zoom: heldZoom((state.zoom * apart(after)) / Math.max(1, apart(before))),
    });
  }
}

function changeOf({ act, state, view }: Gesture, [x, y]: CanvasPoint): PaneChange {
  if (act === 'zoom') {
    // Told of the same window as what it began on: that may have been another's.
    return { zoom: heldZoom(state.zoom * 2 ** (-y / DOUBLE_PX)), aspect: state.aspect };
  }
  if (act === 'pan') return { focalMm: state.focalMm && [...panned(view, state.focalMm, [x, y])] };
  if (!state.voi) return {};
  const step = state.voi.width / WINDOW_PX;
  return {
    voi: {
      center: state.voi.center + y * step,
      width: Math.max(state.voi.width * 0.01, state.voi.width + x * step),
    },
  };
}

const heldZoom = (zoom: number): number => Math.min(50, Math.max(0.1, zoom));

/** The middle of the view after the picture was dragged by CSS pixels. */
function panned(view: ViewPlane, focal: Mm3, [x, y]: CanvasPoint): Mm3 {
  return addScaled(addScaled(focal, view.right, -x * view.mmPerPixel), view.down, -y * view.mmPerPixel);
}
