import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { DosePlane } from '@/lib/rt/dose-plane.ts';
import type { Isoline } from '@/lib/rt/isodose.ts';
import type { Polygon } from '@/lib/rt/scanline.ts';
import { type CutPlane, cutPlaneOf } from '@/lib/rt/section-plane.ts';
import type { ShownDose } from '../data/doses.ts';
import { type Place, placeOn } from './contour-layer.ts';
import type { DosePlanes } from './dose-planes.ts';
import { isOn, levelsInGy } from './dose-state.ts';
import type { Layer, LayerContext } from './layers.ts';
import type { Pane } from './pane.ts';
import type { ViewerSnapshot } from './store.ts';

/** What decides which dose is seen where. */
export type SeenDose = {
  planes: DosePlanes;
  shown: (uids: readonly string[]) => ShownDose;
  /** The dose under the reader's own pointer, in a curve or on an isodose: nobody else sees it. */
  hoverGy: () => number | null;
  /** A painted plane in the frame of reference; null where nothing brings the two together. */
  viewIn: (view: ViewPlane, frameOfReferenceUid: string) => ViewPlane | null;
};

const LINE = 1.4;
const CURSOR = 3;

/** Why the dose that is switched on is not to be seen on a viewport; null where it is, or none is switched on. */
export type UnseenDose =
  | null
  | 'other_frame'
  | 'projection'
  | 'beyond_grid'
  | Extract<ShownDose, { known: false }>['reason'];

type Cut = { grid: DoseGrid; view: ViewPlane; cut: CutPlane };

function cutOf(seen: SeenDose, snapshot: ViewerSnapshot, pane: Pane, view: ViewPlane): Cut | UnseenDose {
  const { dose } = snapshot;
  const cursor = seen.hoverGy() ?? snapshot.dvhCursorGy;
  if (!dose || (!isOn(dose) && cursor === null)) return null;
  const shown = seen.shown(dose.doseUids);
  if (!shown.known) return shown.reason;
  // A projection shows all depths at once.
  if (pane.kind === 'mip') return 'projection';
  const own = seen.viewIn(view, shown.grid.frameOfReferenceUid);
  return own ? { grid: shown.grid, view: own, cut: cutPlaneOf(own) } : 'other_frame';
}

export function unseenDose(seen: SeenDose, snapshot: ViewerSnapshot, pane: Pane): UnseenDose {
  const view = pane.viewPlane();
  if (!view || !pane.stack || !snapshot.complete) return null;
  const found = cutOf(seen, snapshot, pane, view);
  if (found === null || typeof found === 'string') return found;
  return seen.planes.lines(found.grid, found.cut, []) ? null : 'beyond_grid';
}

/** Isodose lines and colour wash on every plane of the dose's space; the DVH's cursor as a line of its own. */
export function doseLayer(seen: SeenDose): Layer {
  return {
    id: 'dose',
    draw: (on) => {
      const found = cutOf(seen, on.snapshot, on.pane, on.view);
      if (found === null || typeof found === 'string') return {};
      return draw(on, seen, found);
    },
  };
}

function draw({ context, ratio, snapshot }: LayerContext, seen: SeenDose, { grid, view, cut }: Cut) {
  const { dose, dvhCursorGy } = snapshot;
  const { planes } = seen;
  if (!dose) return {};
  const levels = levelsInGy(dose).filter(({ level }) => level.visible);
  const place = placeOn(view, ratio);
  if (dose.mode !== 'lines') {
    const coloured = levels.map(({ level, gy }) => ({ gy, colour: level.colour }));
    const washed = planes.wash(grid, cut, coloured);
    if (washed) drawWash(context, place, washed, dose.opacity);
  }
  const asLines = dose.mode === 'wash' ? [] : levels;
  const cursor = seen.hoverGy() ?? dvhCursorGy;
  const drawn = planes.lines(grid, cut, [
    ...asLines.map(({ gy }) => gy),
    ...(cursor === null ? [] : [cursor]),
  ]);
  // As with ROIs: what is switched on in this space, whether or not this very plane has some of it.
  const isodoses = asLines.map(({ gy }) => gy);
  if (!drawn) return { isodoses };
  context.lineJoin = 'round';
  drawEdge(context, ratio, drawn.plane.edge, place);
  context.lineWidth = LINE * ratio;
  asLines.forEach(({ level }, index) => {
    stroke(context, level.colour, drawn.lines[index] ?? [], place);
  });
  const marked = cursor === null ? undefined : drawn.lines.at(-1);
  if (marked) {
    context.lineWidth = (CURSOR + 2) * ratio;
    stroke(context, '#000000', marked, place);
    context.lineWidth = CURSOR * ratio;
    stroke(context, '#ffffff', marked, place);
  }
  return { isodoses };
}

function stroke(
  context: CanvasRenderingContext2D,
  colour: string,
  lines: readonly Isoline[],
  place: Place,
): void {
  context.strokeStyle = colour;
  context.beginPath();
  for (const { points, closed } of lines) trace(context, points, closed, place);
  context.stroke();
}

function trace(context: CanvasRenderingContext2D, points: Polygon, closed: boolean, place: Place): void {
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = place(points[at] ?? 0, points[at + 1] ?? 0);
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  if (closed) context.closePath();
}

/** Beyond it the dose is unknown, which is not zero: the reader sees where that begins. */
function drawEdge(context: CanvasRenderingContext2D, ratio: number, edge: Polygon, place: Place): void {
  context.save();
  context.setLineDash([2 * ratio, 5 * ratio]);
  context.lineWidth = ratio;
  context.beginPath();
  trace(context, edge, true, place);
  // Seen on a white PET too.
  for (const [colour, offset] of [
    ['rgb(255 255 255 / 0.5)', 0],
    ['rgb(0 0 0 / 0.5)', 3],
  ] as const) {
    context.strokeStyle = colour;
    context.lineDashOffset = offset * ratio;
    context.stroke();
  }
  context.restore();
}

/** Each sample is the middle of its pixel; the picture ends where the grid does. */
function drawWash(
  context: CanvasRenderingContext2D,
  place: Place,
  { image, plane }: { image: HTMLCanvasElement; plane: DosePlane },
  opacity: number,
): void {
  const { x, y, dx, dy, columns, rows, edge } = plane;
  const [left, top] = place(x - dx / 2, y - dy / 2);
  const [right, bottom] = place(x + (columns - 0.5) * dx, y + (rows - 0.5) * dy);
  context.save();
  context.beginPath();
  trace(context, edge, true, place);
  context.clip();
  context.globalAlpha = opacity;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, left, top, right - left, bottom - top);
  context.restore();
}
