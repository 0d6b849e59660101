import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { type CutPlane, cutPlaneOf } from '@/lib/rt/section-plane.ts';
import type { ShownDose } from '../data/doses.ts';
import { placeOn } from './contour-layer.ts';
import { CURSOR, drawEdge, drawPicture, LINE, strokeLines } from './dose-drawing.ts';
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
  /** Whether two compared doses are drawn in its place. */
  replaced: () => boolean;
};

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
  if (seen.replaced()) return null;
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

/** The frame of reference that the dose on a viewport comes from by registration; null where it is the viewport's own. */
export function doseBroughtFrom(seen: SeenDose, snapshot: ViewerSnapshot, pane: Pane): string | null {
  const view = pane.viewPlane();
  const found = view && cutOf(seen, snapshot, pane, view);
  if (!found || typeof found === 'string') return null;
  const frame = found.grid.frameOfReferenceUid;
  return frame === view.frameOfReferenceUid ? null : frame;
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
    if (washed) drawPicture(context, place, washed, dose.opacity);
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
    strokeLines(context, level.colour, drawn.lines[index] ?? [], place);
  });
  const marked = cursor === null ? undefined : drawn.lines.at(-1);
  if (marked) {
    context.lineWidth = (CURSOR + 2) * ratio;
    strokeLines(context, '#000000', marked, place);
    context.lineWidth = CURSOR * ratio;
    strokeLines(context, '#ffffff', marked, place);
  }
  return { isodoses };
}
