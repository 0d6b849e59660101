import { addScaled, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { Measurement } from '../live/measurement-state.ts';
import { type CanvasPoint, depthOf, toCanvas, type ViewPlane } from '../planes/view-plane.ts';
import { linesOf, regionRadius } from './drawing.ts';
import { unitOf } from './vectors.ts';

type Drawn = Pick<Measurement, 'kind' | 'points' | 'normal'>;

/** A place by which a measurement is pulled: the number of its point, CSS pixels. */
export type Handle = { index: number; at: CanvasPoint };

/** The circle in which a plane cuts a region's sphere, CSS pixels; null where it does not reach it. */
export function regionCircle(
  measurement: Drawn,
  view: ViewPlane,
): { centre: CanvasPoint; radius: number } | null {
  const [centre] = measurement.points;
  if (!centre) return null;
  const squared = regionRadius(measurement.points) ** 2 - depthOf(view, centre) ** 2;
  return squared > 0
    ? { centre: toCanvas(view, centre), radius: Math.sqrt(squared) / view.mmPerPixel }
    : null;
}

/** The handles of a measurement that lies on the plane. Of a region: its centre's foot, and a place on the circle. */
export function handlesOf(measurement: Drawn, view: ViewPlane): Handle[] {
  const { kind, points } = measurement;
  if (kind !== 'region') return points.map((point, index) => ({ index, at: toCanvas(view, point) }));
  const circle = regionCircle(measurement, view);
  const [centre, edge] = points;
  if (!circle || !centre || !edge) return [];
  const away = subtract(edge, centre);
  const flat = addScaled([0, 0, 0], view.right, dot(away, view.right));
  const along = unitOf(addScaled(flat, view.down, dot(away, view.down))) ?? view.right;
  const at = (axis: Mm3) => dot(along, axis) * circle.radius;
  return [
    { index: 0, at: circle.centre },
    { index: 1, at: [circle.centre[0] + at(view.right), circle.centre[1] + at(view.down)] },
  ];
}

/** The handle nearest to a place, within `reach` CSS pixels. */
export function handleAt(measurement: Drawn, view: ViewPlane, at: CanvasPoint, reach: number): Handle | null {
  let [best, nearest]: [Handle | null, number] = [null, reach];
  for (const handle of handlesOf(measurement, view)) {
    const away = Math.hypot(handle.at[0] - at[0], handle.at[1] - at[1]);
    // Of two in one place the later one: an ellipse that is still small is drawn larger, not moved.
    if (away <= nearest) [best, nearest] = [handle, away];
  }
  return best;
}

/** How far a place lies from a measurement's lines, CSS pixels. */
export function distanceTo(measurement: Drawn, view: ViewPlane, at: CanvasPoint): number {
  if (measurement.kind === 'region') {
    const circle = regionCircle(measurement, view);
    if (!circle) return Number.POSITIVE_INFINITY;
    return Math.abs(Math.hypot(circle.centre[0] - at[0], circle.centre[1] - at[1]) - circle.radius);
  }
  let nearest = Number.POSITIVE_INFINITY;
  for (const { points, closed } of linesOf(measurement)) {
    const flat = points.map((point) => toCanvas(view, point));
    const last = flat.length - (closed ? 0 : 1);
    for (let from = 0; from < last; from += 1)
      nearest = Math.min(
        nearest,
        toSegment(at, flat[from] as CanvasPoint, flat[(from + 1) % flat.length] as CanvasPoint),
      );
  }
  return nearest;
}

function toSegment(at: CanvasPoint, a: CanvasPoint, b: CanvasPoint): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const squared = dx * dx + dy * dy;
  const part =
    squared === 0 ? 0 : Math.min(1, Math.max(0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / squared));
  return Math.hypot(at[0] - a[0] - part * dx, at[1] - a[1] - part * dy);
}
