import { addScaled, dot, length, type Mm3, subtract } from '@/lib/dicom/image-plane.ts';
import type { RtPlan } from '@/lib/dicom/rtplan.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { type BeamShape, beamShape, fieldEdges, type NoBeam } from '@/lib/rt/beam-lines.ts';
import { type CutPlane, cutPlaneOf } from '@/lib/rt/section-plane.ts';
import { type Place, placeOn } from './contour-layer.ts';
import type { Layer, LayerContext } from './layers.ts';
import type { Pane } from './pane.ts';
import type { ViewerSnapshot } from './store.ts';

const COLOUR = '#ffd84d';
/** mm from the plane within which something lies on it. */
const ON_PLANE = 1.5;
const CROSS = 8;
/** mm from the isocentre towards the source at which a beam is named. */
const LABEL_AT = 110;

export type SeenBeams = {
  /** A painted plane in another frame of reference; null where nothing brings the two together. */
  viewIn: (view: ViewPlane, frameOfReferenceUid: string) => ViewPlane | null;
};

/** Why the beams that are switched on are not to be seen on a viewport. */
export type UnseenBeams = null | 'other_frame' | 'no_frame' | 'projection';

const shapes = new WeakMap<RtPlan, ReadonlyMap<number, BeamShape | NoBeam>>();

/** Where each treating beam of a plan runs, by its number, or why that is not known. */
export function beamShapes(plan: RtPlan): ReadonlyMap<number, BeamShape | NoBeam> {
  const known = shapes.get(plan);
  if (known) return known;
  const treating = plan.beams.filter((beam) => beam.delivery !== 'SETUP');
  const made = new Map(treating.map((beam) => [beam.number, beamShape(beam)] as const));
  shapes.set(plan, made);
  return made;
}

/** A plan may leave its frame of reference to its structure set or its doses. */
export function frameOfPlan(plan: RtPlan, { structureSets, doses }: ViewerSnapshot): string {
  const set = structureSets.find((one) => one.set.sopInstanceUid === plan.structureSetUid)?.set;
  const dose = doses.find((one) => one.header.planUids.includes(plan.sopInstanceUid))?.header;
  return plan.frameOfReferenceUid || set?.frameOfReferenceUids[0] || dose?.frameOfReferenceUid || '';
}

function viewOf(seen: SeenBeams, snapshot: ViewerSnapshot, pane: Pane, view: ViewPlane, plan: RtPlan) {
  if (pane.kind === 'mip') return 'projection';
  const frame = frameOfPlan(plan, snapshot);
  if (frame === '') return 'no_frame';
  return seen.viewIn(view, frame) ?? 'other_frame';
}

const planOf = ({ plans, beamsOf }: ViewerSnapshot): RtPlan | undefined =>
  plans.find((plan) => plan.sopInstanceUid === beamsOf);

export function unseenBeams(seen: SeenBeams, snapshot: ViewerSnapshot, pane: Pane): UnseenBeams {
  const plan = planOf(snapshot);
  const view = pane.viewPlane();
  if (!plan || !view || !pane.stack) return null;
  const found = viewOf(seen, snapshot, pane, view, plan);
  return typeof found === 'string' ? found : null;
}

/** The frame of reference that the beams on a viewport come from by registration; null where it is the viewport's own. */
export function beamsBroughtFrom(seen: SeenBeams, snapshot: ViewerSnapshot, pane: Pane): string | null {
  const plan = planOf(snapshot);
  const view = pane.viewPlane();
  if (!plan || !view || typeof viewOf(seen, snapshot, pane, view, plan) === 'string') return null;
  const frame = frameOfPlan(plan, snapshot);
  return frame === view.frameOfReferenceUid ? null : frame;
}

/** Isocentres, central axes and the edges of the fields, where they cross or touch the painted plane. */
export function beamLayer(seen: SeenBeams): Layer {
  return {
    id: 'beams',
    draw: (on) => {
      const plan = planOf(on.snapshot);
      const view = plan && viewOf(seen, on.snapshot, on.pane, on.view, plan);
      if (!plan || !view || typeof view === 'string') return {};
      on.context.strokeStyle = COLOUR;
      on.context.fillStyle = COLOUR;
      const cut = cutPlaneOf(view);
      const place = placeOn(view, on.ratio);
      for (const [number, shape] of beamShapes(plan))
        if (typeof shape !== 'string') drawBeam(on, shape, cut, place, number);
      return {};
    },
  };
}

function drawBeam(
  { context, ratio }: LayerContext,
  shape: BeamShape,
  cut: CutPlane,
  place: Place,
  number: number,
): void {
  const at = (point: Mm3) => place(dot(point, cut.right), dot(point, cut.down));
  const depth = (point: Mm3) => Math.abs(dot(point, cut.normal) - cut.depth);
  context.lineWidth = 1.2 * ratio;
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of fieldEdges(shape, cut)) {
    context.moveTo(...place(fromX, fromY));
    context.lineTo(...place(toX, toY));
  }
  context.stroke();
  for (const [from, to] of shape.axes) {
    // Off the plane it is the axis's shadow on it: dashed.
    const onPlane = depth(from) < ON_PLANE && depth(to) < ON_PLANE;
    context.setLineDash(onPlane ? [] : [3 * ratio, 6 * ratio]);
    context.globalAlpha = onPlane ? 0.9 : 0.5;
    context.beginPath();
    context.moveTo(...at(from));
    context.lineTo(...at(to));
    context.stroke();
    context.setLineDash([]);
    context.font = `${11 * ratio}px sans-serif`;
    const towards = subtract(from, shape.isocentre);
    const [x, y] = at(addScaled(shape.isocentre, towards, LABEL_AT / length(towards)));
    context.fillText(String(number), x + 4 * ratio, y);
    context.globalAlpha = 1;
  }
  for (const arc of shape.arcs)
    drawArc(
      context,
      ratio,
      arc.map(at),
      arc.every((point) => depth(point) < ON_PLANE),
    );
  const [x, y] = at(shape.isocentre);
  context.globalAlpha = depth(shape.isocentre) < ON_PLANE ? 1 : 0.35;
  context.beginPath();
  context.moveTo(x - CROSS * ratio, y);
  context.lineTo(x + CROSS * ratio, y);
  context.moveTo(x, y - CROSS * ratio);
  context.lineTo(x, y + CROSS * ratio);
  context.moveTo(x + (CROSS / 2) * ratio, y);
  context.arc(x, y, (CROSS / 2) * ratio, 0, 2 * Math.PI);
  context.stroke();
  context.globalAlpha = 1;
}

const ARROW = 9;

/** The gantry's way, with an arrow's head where it stops; off the plane its shadow, dashed. */
function drawArc(
  context: CanvasRenderingContext2D,
  ratio: number,
  points: readonly (readonly [number, number])[],
  onPlane: boolean,
): void {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return;
  context.globalAlpha = onPlane ? 0.9 : 0.5;
  context.setLineDash(onPlane ? [] : [3 * ratio, 6 * ratio]);
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
  context.setLineDash([]);
  const angle = Math.atan2(end[1] - before[1], end[0] - before[0]);
  context.beginPath();
  for (const side of [-0.45, 0.45]) {
    context.moveTo(...end);
    context.lineTo(
      end[0] - ARROW * ratio * Math.cos(angle + side),
      end[1] - ARROW * ratio * Math.sin(angle + side),
    );
  }
  context.stroke();
  context.globalAlpha = 1;
}
