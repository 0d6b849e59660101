import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { Comparison } from '@/lib/live/view-state.ts';
import { pairRois, type RoiPairs } from '@/lib/rt/roi-pairs.ts';
import type { Polygon } from '@/lib/rt/scanline.ts';
import { cutPlaneOf } from '@/lib/rt/section-plane.ts';
import { type Place, placeOn, traceLoops } from './contour-layer.ts';
import type { Layer } from './layers.ts';
import { indexIn, type Seen, viewFor } from './seen-contours.ts';
import type { ViewerSnapshot } from './store.ts';

/** What two contours have in common, what only the compared one covers, and what only the reference covers. */
export type Part = 'both' | 'over' | 'under';
/**
 * Told apart by colour, by colour-blind eyes (Okabe and Ito 2008), and without colour by the way their lines run:
 * rising, falling, none.
 */
export const partColours: Record<Part, string> = { both: '#d4d4d4', over: '#e69f00', under: '#56b4e9' };

/** Both sets of a comparison, where they are here and fit their images. */
export function comparedSets(
  { structureSets }: Pick<ViewerSnapshot, 'structureSets'>,
  comparison: Comparison,
): { reference: StructureSet; compared: StructureSet } | null {
  const find = (uid: string) =>
    structureSets.find(({ set, fit }) => fit.fits && set.sopInstanceUid === uid)?.set;
  const [reference, compared] = [find(comparison.referenceUid), find(comparison.comparedUid)];
  return reference && compared ? { reference, compared } : null;
}

/** ROIs of both sets in pairs, as the comparison has them. */
export const comparedPairs = (
  sets: { reference: StructureSet; compared: StructureSet },
  comparison: Comparison,
): RoiPairs => pairRois(sets.reference.rois, sets.compared.rois, comparison.pairs);

/**
 * Over- and under-contoured parts on every plane: of each pair of which either ROI is switched on. Only ROIs of one
 * frame of reference are held against each other; a projection shows no cuts.
 */
export function comparisonLayer(seen: () => Seen): Layer {
  return {
    id: 'comparison',
    draw: ({ pane, view, context, ratio, snapshot }) => {
      const { comparison } = snapshot;
      const sets = comparison && pane.kind !== 'mip' ? comparedSets(snapshot, comparison) : null;
      if (!comparison || !sets) return {};
      const { reference, compared } = sets;
      const isOn = (set: StructureSet, roi: Roi): boolean =>
        snapshot.rois.get(set.sopInstanceUid)?.visible.has(roi.number) ?? false;
      const state = seen();
      for (const { roi, other } of comparedPairs(sets, comparison).pairs) {
        if (!other || roi.frameOfReferenceUid !== other.frameOfReferenceUid) continue;
        if (!isOn(reference, roi) && !isOn(compared, other)) continue;
        const own = viewFor(state, view, roi.frameOfReferenceUid);
        const [a, b] = [indexIn(state, reference, roi.number), indexIn(state, compared, other.number)];
        if (!own || !a?.body.known || !b?.body.known) continue;
        const plane = cutPlaneOf(own);
        const loops = { a: state.sections.cut(a, plane).loops, b: state.sections.cut(b, plane).loops };
        drawParts(context, ratio, loops, placeOn(own, ratio));
      }
      return {};
    },
  };
}

function drawParts(
  context: CanvasRenderingContext2D,
  ratio: number,
  { a, b }: { a: readonly Polygon[]; b: readonly Polygon[] },
  place: Place,
): void {
  fillPart(context, ratio, 'both', place, { inside: [a, b], outside: null });
  fillPart(context, ratio, 'over', place, { inside: [b], outside: a });
  fillPart(context, ratio, 'under', place, { inside: [a], outside: b });
}

type Where = { inside: readonly (readonly Polygon[])[]; outside: readonly Polygon[] | null };

function fillPart(
  context: CanvasRenderingContext2D,
  ratio: number,
  part: Part,
  place: Place,
  where: Where,
): void {
  const { width, height } = context.canvas;
  context.save();
  for (const loops of where.inside) {
    context.beginPath();
    traceLoops(context, loops, place);
    context.clip('evenodd');
  }
  if (where.outside) {
    // With the whole canvas round it, even-odd turns inside and outside.
    context.beginPath();
    context.rect(0, 0, width, height);
    traceLoops(context, where.outside, place);
    context.clip('evenodd');
  }
  context.globalAlpha = part === 'both' ? 0.15 : 0.35;
  context.fillStyle = partColours[part];
  context.fillRect(0, 0, width, height);
  if (part !== 'both') {
    context.globalAlpha = 0.9;
    context.fillStyle = hatch(context, ratio, part) ?? partColours[part];
    context.fillRect(0, 0, width, height);
  }
  context.restore();
}

/** CSS pixels between the lines of a hatching. */
const HATCH = 6;
const tiles = new Map<string, HTMLCanvasElement>();

function hatch(
  context: CanvasRenderingContext2D,
  ratio: number,
  part: 'over' | 'under',
): CanvasPattern | null {
  const size = Math.max(4, Math.round(HATCH * ratio));
  const key = `${part} ${size}`;
  const tile = tiles.get(key) ?? hatchTile(size, ratio, part);
  tiles.set(key, tile);
  return context.createPattern(tile, 'repeat');
}

function hatchTile(size: number, ratio: number, part: 'over' | 'under'): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const on = tile.getContext('2d');
  if (!on) return tile;
  on.strokeStyle = partColours[part];
  on.lineWidth = Math.max(1, ratio);
  on.beginPath();
  // Beyond the corners too, so that the lines go on from tile to tile.
  for (const shift of [-size, 0, size]) {
    on.moveTo(shift, part === 'over' ? size : 0);
    on.lineTo(shift + size, part === 'over' ? 0 : size);
  }
  on.stroke();
  return tile;
}
