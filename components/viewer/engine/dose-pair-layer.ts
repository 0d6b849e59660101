import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { DoseComparison } from '@/lib/live/view-state.ts';
import { levelGy } from '@/lib/rt/isodose-levels.ts';
import { cutPlaneOf } from '@/lib/rt/section-plane.ts';
import { type Place, placeOn } from './contour-layer.ts';
import { CURSOR, drawEdge, drawPicture, LINE, strokeLines } from './dose-drawing.ts';
import type { SeenDose } from './dose-layer.ts';
import type { ShownPair } from './dose-pair.ts';
import { isOn } from './dose-state.ts';
import type { Layer, LayerContext } from './layers.ts';
import type { Pane } from './pane.ts';
import type { ViewerSnapshot } from './store.ts';

export type SeenPair = Pick<SeenDose, 'planes' | 'hoverGy' | 'viewIn'> & {
  pair: (comparison: DoseComparison) => ShownPair;
};

/** B's lines are told from A's without colour: they are dashed, here and in the histogram. */
const DASHES = [7, 4] as const;
const COVER = 0.75;

/** Why two compared doses are not to be seen on a viewport; null where they are, or none are compared. */
export type UnseenPair = null | 'other_frame' | 'projection' | 'beyond_grid';

/** Of a pair that is refused the panel says why; the dose by itself is drawn then. */
export function unseenPair(seen: SeenPair, snapshot: ViewerSnapshot, pane: Pane): UnseenPair {
  const { doseComparison } = snapshot;
  const painted = pane.viewPlane();
  const pair = doseComparison && seen.pair(doseComparison);
  if (!pair?.known || !painted || !pane.stack) return null;
  if (pane.kind === 'mip') return 'projection';
  const view = seen.viewIn(painted, pair.a.frameOfReferenceUid);
  if (!view) return 'other_frame';
  const cut = cutPlaneOf(view);
  return [pair.a, pair.b].some((grid) => seen.planes.lines(grid, cut, [])) ? null : 'beyond_grid';
}

/** The frame of reference that compared doses on a viewport come from by registration; null where it is its own. */
export function pairBroughtFrom(
  seen: SeenPair,
  { doseComparison }: ViewerSnapshot,
  pane: Pane,
): string | null {
  const view = pane.kind === 'mip' ? null : pane.viewPlane();
  const pair = doseComparison && seen.pair(doseComparison);
  if (!view || !pair?.known) return null;
  const frame = pair.a.frameOfReferenceUid;
  return frame !== view.frameOfReferenceUid && seen.viewIn(view, frame) ? frame : null;
}

/** Isodoses of two doses, A's solid and B's dashed, and their difference A − B as colours. */
export function dosePairLayer(seen: SeenPair): Layer {
  return {
    id: 'dose-pair',
    draw: (on) => {
      const { doseComparison: asked } = on.snapshot;
      const pair = asked && seen.pair(asked);
      if (!asked || !pair?.known || on.pane.kind === 'mip') return {};
      const view = seen.viewIn(on.view, pair.a.frameOfReferenceUid);
      if (!view) return {};
      const place = placeOn(view, on.ratio);
      const cut = cutPlaneOf(view);
      if (asked.show !== 'lines') {
        const washed = seen.planes.difference(pair.a, pair.b, cut, asked.spanGy);
        if (washed) drawPicture(on.context, place, washed, COVER);
      }
      const cursor = seen.hoverGy() ?? on.snapshot.dvhCursorGy;
      const lines = (grid: DoseGrid, referenceGy: number | null, dashed: boolean) => {
        const levels = asked.show === 'difference' ? [] : levelsOf(on.snapshot, referenceGy);
        const drawn = seen.planes.lines(grid, cut, [
          ...levels.map(({ gy }) => gy),
          ...(cursor === null ? [] : [cursor]),
        ]);
        if (drawn) {
          drawEdge(on.context, on.ratio, drawn.plane.edge, place);
          drawLines(on, place, dashed, levels, drawn.lines, cursor !== null);
        }
        return levels.map(({ gy }) => gy);
      };
      lines(pair.b, asked.b.referenceGy, true);
      return { isodoses: lines(pair.a, asked.a.referenceGy, false) };
    },
  };
}

/** The levels that are shown of `dose`, for a dose with a prescription of its own. */
function levelsOf({ dose }: ViewerSnapshot, referenceGy: number | null): { gy: number; colour: string }[] {
  if (!isOn(dose)) return [];
  return dose.levels
    .filter((level) => level.visible)
    .flatMap(({ value, colour }) => {
      const gy = levelGy(value, { unit: dose.unit, referenceGy });
      return gy === null ? [] : [{ gy, colour }];
    });
}

function drawLines(
  { context, ratio }: LayerContext,
  place: Place,
  dashed: boolean,
  levels: readonly { colour: string }[],
  lines: readonly Parameters<typeof strokeLines>[2][],
  withCursor: boolean,
): void {
  context.save();
  context.lineJoin = 'round';
  if (dashed) context.setLineDash(DASHES.map((length) => length * ratio));
  context.lineWidth = LINE * ratio;
  levels.forEach(({ colour }, index) => {
    strokeLines(context, colour, lines[index] ?? [], place);
  });
  const marked = withCursor ? (lines.at(-1) ?? []) : [];
  for (const [colour, width] of [
    ['#000000', CURSOR + 2],
    ['#ffffff', CURSOR],
  ] as const) {
    context.lineWidth = width * ratio;
    strokeLines(context, colour, marked, place);
  }
  context.restore();
}
