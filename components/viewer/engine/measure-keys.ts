import { type MeasurementKind, measurementKinds } from '@/lib/live/measurement-state.ts';
import { placedByKey } from '@/lib/measure/stroke.ts';
import { drawingPlane, newMeasurement, nudged, placedOn, targetOn, viewInFrame } from './measure-place.ts';
import type { Measuring } from './measuring.ts';

/** One letter to each: `h` is the free hand, `t` the tumour's region, `o` points at something. */
export const measureKeys: Record<string, MeasurementKind> = {
  l: 'length',
  a: 'angle',
  b: 'bidirectional',
  e: 'ellipse',
  h: 'freehand',
  t: 'region',
  o: 'arrow',
};

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Everything that measuring does by keys; true when the key was for it. */
export function measureKey(measuring: Measuring, event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (altKey) return false;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === 'z') return shiftKey ? measuring.redo() : measuring.undo();
    return key.toLowerCase() === 'y' && measuring.redo();
  }
  const kind = measureKeys[key];
  const arrow = shiftKey ? arrows[key] : undefined;
  if (arrow) return nudge(measuring, arrow);
  if (kind) {
    measuring.chooseTool(kind);
    return true;
  }
  switch (key) {
    case 'Escape':
      return leave(measuring);
    case 'Delete':
    case 'Backspace': {
      if (isControl(event.target)) return false;
      const { selected } = measuring;
      if (selected) measuring.remove(selected.id);
      return selected !== null;
    }
    case 'Enter':
      return !isControl(event.target) && (nextHandle(measuring) || place(measuring));
    default:
      return false;
  }
}

/** A control has these keys for itself: nobody who stands on one means a drawing. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button, a, summary, input, select, [role=menuitem]') !== null;

/** One step back: from what is selected, then from the tool. */
function leave(measuring: Measuring): boolean {
  const { notice, selected } = measuring.state.get();
  const { tool } = measuring.stage.store.get();
  if (notice !== null || selected !== null) measuring.select(null);
  else if (measurementKinds.some((kind) => kind === tool)) measuring.chooseTool('window');
  else return false;
  return true;
}

function nudge(measuring: Measuring, [x, y]: readonly [number, number]): boolean {
  const { selected } = measuring;
  const pane = measuring.stage.active;
  const view = pane?.viewPlane();
  if (!selected || !pane || !view || !measuring.mayChange(selected.id)) return false;
  const placed = placedOn(pane, view, selected, measuring.stage);
  if (placed.near !== 'on') return false;
  measuring.put(nudged(selected, measuring.state.get().handle, placed.view, x, y));
  return true;
}

function nextHandle(measuring: Measuring): boolean {
  const { selected } = measuring;
  if (!selected) return false;
  const next = (measuring.state.get().handle + 1) % selected.points.length;
  measuring.set({ handle: next });
  return true;
}

/** Sets something down in the middle of the active viewport; the arrows pull it from there. */
function place(measuring: Measuring): boolean {
  const { stage } = measuring;
  const { tool, stacks } = stage.store.get();
  const kind = measurementKinds.find((one) => one === tool);
  const pane = stage.active;
  const painted = pane?.viewPlane();
  if (!kind || !pane || !painted) return false;
  const target = targetOn(pane, stacks, kind, stage.spaces);
  const view =
    'refused' in target ? null : viewInFrame(stage.spaces, pane, painted, target.frameOfReferenceUid);
  if ('refused' in target || !view) {
    measuring.set({ notice: 'refused' in target ? target.refused : 'other_frame' });
    return true;
  }
  const plane = drawingPlane(view);
  const size = Math.min(view.width, view.height) * view.mmPerPixel;
  const points = placedByKey(kind, plane, view.centre, size);
  if (measuring.put(newMeasurement(crypto.randomUUID(), kind, target, plane, points)))
    measuring.set({ handle: 1 });
  return true;
}
