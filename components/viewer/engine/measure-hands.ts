import { subtract } from '@/lib/dicom/image-plane.ts';
import { type Measurement, type MeasurementKind, measurementKinds } from '@/lib/live/measurement-state.ts';
import { movedBy, pointPulled } from '@/lib/measure/edit.ts';
import { distanceTo, handleAt } from '@/lib/measure/handles.ts';
import {
  begun,
  finished,
  isComplete,
  lifted,
  offersShortAxis,
  penAt,
  penSet,
  pointsOf,
  type Stroke,
  withOfferedAxis,
} from '@/lib/measure/stroke.ts';
import { type CanvasPoint, depthOf, toPatient } from '@/lib/planes/view-plane.ts';
import type { HandEvent, Hands } from './hands.ts';
import { measureKey } from './measure-keys.ts';
import {
  drawingPlane,
  newMeasurement,
  placedOn,
  type Target,
  targetOn,
  thicknessOf,
  viewInFrame,
} from './measure-place.ts';
import type { Measuring } from './measuring.ts';
import type { Pane } from './pane.ts';

/** CSS pixels: how near a pointer must be. A finger is broad, and hides what it points at. */
const REACH = { handle: 8, line: 5 };
const FINGER = { handle: 22, line: 14 };
/** A pointer that was lifted nearer than this to where it was set down has clicked, not dragged. */
const CLICK = 4;
/** Fewer pixels than these across mean nothing. */
const SMALLEST = 2;

const isKind = (tool: string): tool is MeasurementKind => measurementKinds.some((kind) => kind === tool);

/** What follows the pointer: something new, or something that is pulled. */
type Drawing = {
  does: 'draw';
  stroke: Stroke;
  target: Target;
  pane: Pane;
  id: string;
  /** Where the present gesture began, and whether it is the first one. */
  from: CanvasPoint;
  fresh: boolean;
};
type Grip = Drawing | { does: 'pull'; before: Measurement; index: number | null; on: HandEvent };

/** Draws and pulls measurements by mouse, pen and finger. */
export class MeasureHands implements Hands {
  readonly id = 'measure';
  private grip: Grip | null = null;

  constructor(private readonly measuring: Measuring) {}

  down(on: HandEvent): boolean {
    if (on.event.button !== 0) return false;
    // A second finger: the two move or zoom the picture.
    if (!on.event.isPrimary) return this.cancel();
    const { tool } = this.measuring.stage.store.get();
    const { grip } = this;
    const own = grip?.does === 'draw' ? this.inSpace(on, grip.target.frameOfReferenceUid) : null;
    if (grip?.does === 'draw' && own && this.goesOn(grip, own)) {
      this.grip = { ...this.penned(grip, own), from: on.point, fresh: false };
      if (offersShortAxis(grip.stroke)) this.grip = { ...this.grip, stroke: penSet(this.grip.stroke) };
      this.showStroke();
      return true;
    }
    this.cancel();
    const reach = on.event.pointerType === 'mouse' ? REACH : FINGER;
    if (this.pull(on, reach.handle)) return true;
    if (isKind(tool)) return this.begin(on, tool);
    return this.touch(on, reach.line);
  }

  /** What a pointer does, as a frame of reference has it; null where nothing leads there. */
  private inSpace(on: HandEvent, frame: string | null): HandEvent | null {
    const view = viewInFrame(this.measuring.stage.spaces, on.pane, on.view, frame);
    if (!view || view === on.view) return view && on;
    return { ...on, view, mm: toPatient(view, on.point) };
  }

  move(painted: HandEvent): void {
    const { grip, measuring } = this;
    if (grip?.does === 'draw') this.follow(painted);
    const on = grip?.does === 'pull' ? this.inSpace(painted, grip.before.frameOfReferenceUid) : null;
    if (grip?.does !== 'pull' || !on) return;
    const { before, index } = grip;
    const by = subtract(on.mm, grip.on.mm);
    const pulled = index === null ? movedBy(before, by) : pointPulled(before, index, on.mm);
    measuring.set({ draft: pulled, handle: index ?? 0 });
  }

  up(on: HandEvent): void {
    const { grip } = this;
    if (!grip) return;
    const from = grip.does === 'draw' ? grip.from : grip.on.point;
    const dragged = Math.hypot(on.point[0] - from[0], on.point[1] - from[1]) > CLICK;
    if (grip.does === 'pull') {
      this.grip = null;
      const { draft } = this.measuring.state.get();
      if (dragged && draft) this.measuring.put(draft);
      else this.measuring.set({ draft: null });
      return;
    }
    const own = this.inSpace(on, grip.target.frameOfReferenceUid);
    const drawn = own ? this.penned(grip, own) : grip;
    const { stroke, done } = lifted(drawn.stroke, dragged, grip.fresh);
    this.grip = { ...drawn, stroke, fresh: false };
    if (done) this.finish(on);
    else this.showStroke();
  }

  hover(on: HandEvent | null): void {
    const { grip, measuring } = this;
    if (grip?.does === 'draw') {
      if (on) this.follow(on);
      return;
    }
    if (!on) return;
    const { tool } = measuring.stage.store.get();
    const selected = this.selectedOn(on);
    const over = selected && handleAt(selected.one, selected.on.view, on.point, REACH.handle);
    on.pane.element.style.cursor = over ? 'move' : isKind(tool) ? 'crosshair' : '';
  }

  key(event: KeyboardEvent): boolean {
    if (this.grip?.does === 'draw') {
      if (event.key === 'Escape') return this.cancel() || true;
      if (event.key === 'Enter') return this.enter();
    }
    if (this.grip?.does === 'pull' && event.key === 'Escape') return this.cancel() || true;
    return measureKey(this.measuring, event);
  }

  // --------------------------------------------------------------------------------------------------- drawing anew

  private begin(on: HandEvent, kind: MeasurementKind): boolean {
    const { measuring } = this;
    const { spaces, store } = measuring.stage;
    const target = targetOn(on.pane, store.get().stacks, kind, spaces);
    const own = 'refused' in target ? null : this.inSpace(on, target.frameOfReferenceUid);
    if ('refused' in target || !own) {
      measuring.set({ notice: 'refused' in target ? target.refused : 'other_frame', selected: null });
      return true;
    }
    this.grip = {
      does: 'draw',
      stroke: begun(kind, drawingPlane(own.view), own.mm),
      target,
      pane: on.pane,
      id: crypto.randomUUID(),
      from: on.point,
      fresh: true,
    };
    measuring.set({ notice: null });
    this.showStroke();
    return true;
  }

  /** Not when the picture was scrolled away from under what is being drawn, or another tool was chosen. */
  private goesOn({ stroke, pane }: Drawing, on: HandEvent): boolean {
    if (on.pane !== pane || this.measuring.stage.store.get().tool !== stroke.kind) return false;
    const [first] = stroke.placed;
    const half = thicknessOf(on.pane, on.view, this.measuring.stage.volumes) / 2;
    return first !== undefined && Math.abs(depthOf(on.view, first)) <= half + 1e-3;
  }

  private penned(grip: Drawing, { mm, view }: HandEvent): Drawing {
    return { ...grip, stroke: penAt(grip.stroke, mm, view.mmPerPixel) };
  }

  private follow(painted: HandEvent): void {
    const { grip } = this;
    const on = grip?.does === 'draw' ? this.inSpace(painted, grip.target.frameOfReferenceUid) : null;
    if (grip?.does !== 'draw' || !on || !this.goesOn(grip, on)) return;
    this.grip = this.penned(grip, on);
    this.showStroke();
  }

  private showStroke(): void {
    const { grip } = this;
    if (grip?.does !== 'draw') return;
    this.measuring.set({
      draft: measurementOf(grip, pointsOf(grip.stroke).slice(0, 200)),
      selected: grip.id,
    });
  }

  private finish({ view }: Pick<HandEvent, 'view'>): void {
    const { grip, measuring } = this;
    if (grip?.does !== 'draw') return;
    this.grip = null;
    const points = finished(grip.stroke, SMALLEST * view.mmPerPixel);
    if (points) measuring.put(measurementOf(grip, points));
    else measuring.select(null);
  }

  /** The pen's place is taken, or the short axis that is offered. */
  private enter(): boolean {
    const { grip, measuring } = this;
    const view = grip?.does === 'draw' ? grip.pane.viewPlane() : null;
    if (grip?.does !== 'draw' || !view) return false;
    const offered = grip.stroke.placed.length === 2 ? withOfferedAxis(grip.stroke) : null;
    if (offered) {
      this.grip = null;
      measuring.put(measurementOf(grip, offered));
      return true;
    }
    this.grip = { ...grip, stroke: grip.stroke.kind === 'freehand' ? grip.stroke : penSet(grip.stroke) };
    if (isComplete(this.grip.stroke) || grip.stroke.kind === 'freehand') this.finish({ view });
    else this.showStroke();
    return true;
  }

  private cancel(): false {
    if (this.grip) {
      const { does } = this.grip;
      this.grip = null;
      if (does === 'draw') this.measuring.select(null);
      else this.measuring.set({ draft: null });
    }
    return false;
  }

  // --------------------------------------------------------------------------------------------- pulling what is there

  /** The selected one where it lies on what is shown, and the pointer as its frame of reference has it. */
  private selectedOn(on: HandEvent): { one: Measurement; on: HandEvent } | null {
    const { selected: one, stage } = this.measuring;
    if (!one || !this.measuring.mayChange(one.id) || placedOn(on.pane, on.view, one, stage).near !== 'on')
      return null;
    const own = this.inSpace(on, one.frameOfReferenceUid);
    return own && { one, on: own };
  }

  private pull(on: HandEvent, reach: number): boolean {
    const selected = this.selectedOn(on);
    const handle = selected && handleAt(selected.one, selected.on.view, on.point, reach);
    if (!selected || !handle) return false;
    this.take(on, selected.one.kind);
    this.grip = { does: 'pull', before: selected.one, index: handle.index, on: selected.on };
    this.measuring.set({ handle: handle.index });
    return true;
  }

  /** A line that is touched is selected; one that is selected is moved as a whole. Nothing is moved by accident. */
  private touch(on: HandEvent, reach: number): boolean {
    const { measuring } = this;
    const near = measuring
      .shown()
      .map((one) => ({ one, ...placedOn(on.pane, on.view, one, measuring.stage) }))
      .map(({ one, near, view }) => ({ one, near, away: distanceTo(one, view, on.point) }))
      .filter(({ near, away }) => near === 'on' && away <= reach)
      .sort((a, b) => a.away - b.away)[0]?.one;
    if (!near) {
      if (measuring.state.get().selected !== null) measuring.select(null);
      return false;
    }
    const own = this.inSpace(on, near.frameOfReferenceUid);
    this.take(on, near.kind);
    if (own && near.id === measuring.state.get().selected && measuring.mayChange(near.id))
      this.grip = { does: 'pull', before: near, index: null, on: own };
    else measuring.select(near.id);
    return true;
  }

  /** A finger on acquired images also works the tool that is chosen: then that is the measurement's own. */
  private take({ event, pane }: HandEvent, kind: MeasurementKind): void {
    if (event.pointerType === 'touch' && pane.kind === 'stack') this.measuring.chooseTool(kind);
  }
}

const measurementOf = ({ id, target, stroke }: Drawing, points: ReturnType<typeof pointsOf>): Measurement =>
  newMeasurement(id, stroke.kind, target, stroke.plane, points);
