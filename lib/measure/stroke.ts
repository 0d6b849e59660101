import { addScaled, cross, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { MeasurementKind } from '../live/measurement-state.ts';
import { offeredShortAxis, onPerpendicular } from './bidirectional.ts';
import { ellipseInBox } from './ellipse.ts';
import { simplified } from './freehand.ts';
import { distance, middle, scaled, unitOf } from './vectors.ts';

/** The plane that is drawn on, as the screen shows it: unit vectors in patient mm. */
export type DrawingPlane = { right: Mm3; down: Mm3; normal: Mm3 };

/**
 * A measurement that is being drawn, patient mm: what is set down already, and where the pen is. A length may be dragged
 * or clicked end by end; an angle's first arm too; a bidirectional one is two steps; a free hand draws while it is down.
 */
export type Stroke = {
  kind: MeasurementKind;
  plane: DrawingPlane;
  placed: readonly Mm3[];
  pen: Mm3;
};

/** How many times the pen is set down. Of a bidirectional one: both ends of the long axis, and of the short one. */
const needed: Record<MeasurementKind, number> = {
  length: 2,
  arrow: 2,
  angle: 3,
  bidirectional: 4,
  ellipse: 2,
  region: 2,
  freehand: Number.POSITIVE_INFINITY,
};
/** As many points as a measurement of the shared view may have. */
const MOST_POINTS = 200;

export const begun = (kind: MeasurementKind, plane: DrawingPlane, at: Mm3): Stroke => ({
  kind,
  plane,
  placed: [at],
  pen: at,
});

/** The pen moves; of a free hand it leaves its line. @param finest mm nearer than which no new point is kept */
export function penAt(stroke: Stroke, to: Mm3, finest = 0): Stroke {
  const last = stroke.placed.at(-1);
  if (stroke.kind !== 'freehand' || (last && distance(last, to) < finest)) return { ...stroke, pen: to };
  return { ...stroke, placed: [...stroke.placed, to], pen: to };
}

/** The pen's place is set down. */
export const penSet = (stroke: Stroke): Stroke => ({
  ...stroke,
  placed: [...stroke.placed, penPlace(stroke)],
});

export const isComplete = (stroke: Stroke): boolean => stroke.placed.length >= needed[stroke.kind];
/** Both axes of a bidirectional one are there as soon as the long one is: the short one is offered. */
export const offersShortAxis = ({ kind, placed }: Stroke): boolean =>
  kind === 'bidirectional' && placed.length >= 2;

/**
 * The pen is lifted: its place is set down, unless the first gesture was a mere click; then the pen is followed till
 * the next one. A short axis that is clicked, not dragged, reaches as far to the other side.
 * @param dragged the pen moved between being set down and lifted
 * @param first the gesture that began the stroke
 */
export function lifted(stroke: Stroke, dragged: boolean, first: boolean): { stroke: Stroke; done: boolean } {
  const { kind, placed } = stroke;
  if (kind === 'freehand') return { stroke, done: true };
  const [a, b, c] = placed;
  if (kind === 'bidirectional' && a && b && c && !dragged)
    return { stroke: { ...stroke, placed: [a, b], pen: c }, done: true };
  const next = dragged || !first ? penSet(stroke) : stroke;
  return { stroke: next, done: isComplete(next) };
}

function penPlace({ kind, placed, pen }: Stroke): Mm3 {
  const [a, b, c] = placed;
  return kind === 'bidirectional' && a && b && c ? onPerpendicular(pen, c, a, b) : pen;
}

/** The points that a measurement of this stroke has by now, as lib/live/measurement-state means them. */
export function pointsOf(stroke: Stroke): Mm3[] {
  const { kind, plane, placed } = stroke;
  const points = isComplete(stroke) || kind === 'freehand' ? [...placed] : [...placed, penPlace(stroke)];
  const [a, b, c] = points;
  if (kind === 'ellipse' && a && b) return ellipseInBox(a, b, plane.right, plane.down);
  if (kind !== 'bidirectional' || placed.length < 2 || !a || !b) return points;
  // One end of the short axis alone: as far to the other side.
  if (points.length === 3 && c) return [a, b, c, mirrored(c, a, b)];
  return points;
}

/** Long axis, and the short one that is offered. Of other kinds and earlier: null. */
export function withOfferedAxis(stroke: Stroke): Mm3[] | null {
  const [a, b] = stroke.placed;
  return offersShortAxis(stroke) && a && b ? [a, b, ...offeredShortAxis(a, b, stroke.plane.normal)] : null;
}

/** The other end of a diameter whose middle lies on the line from a to b. */
function mirrored(point: Mm3, a: Mm3, b: Mm3): Mm3 {
  const along = unitOf(subtract(b, a));
  if (!along) return point;
  const foot = addScaled(a, along, dot(subtract(point, a), along));
  return addScaled(foot, subtract(point, foot), -1);
}

/**
 * The points of a finished stroke, or null when it is too small to mean anything.
 * @param finest mm: two pixels of the screen
 */
export function finished(stroke: Stroke, finest: number): Mm3[] | null {
  const points =
    stroke.kind === 'freehand'
      ? simplified(stroke.placed, finest / 4, MOST_POINTS)
      : pointsOf(stroke).slice(0, stroke.kind === 'ellipse' ? 3 : needed[stroke.kind]);
  return isDrawn(stroke, points, finest) ? points : null;
}

function isDrawn({ kind, plane }: Stroke, points: readonly Mm3[], finest: number): boolean {
  const [a, b, c, d] = points;
  const apart = (one: Mm3 | undefined, other: Mm3 | undefined) =>
    one !== undefined && other !== undefined && distance(one, other) >= finest;
  switch (kind) {
    case 'length':
    case 'arrow':
    case 'region':
      return apart(a, b);
    case 'angle':
      return apart(a, b) && apart(b, c);
    case 'bidirectional':
      return apart(a, b) && apart(c, d);
    case 'ellipse':
      return apart(a, b) && apart(a, c);
    case 'freehand':
      return points.length > 2 && width(points, plane) >= finest;
  }
}

/** The lesser extent of points, along the screen. */
function width(points: readonly Mm3[], { right, down }: DrawingPlane): number {
  const extent = (axis: Mm3) => {
    const along = points.map((point) => dot(point, axis));
    return Math.max(...along) - Math.min(...along);
  };
  return Math.min(extent(right), extent(down));
}

/** What is set down by the keyboard alone: in the middle of the view, a quarter of its smaller side across. */
export function placedByKey(kind: MeasurementKind, plane: DrawingPlane, at: Mm3, size: number): Mm3[] {
  const { right, down } = plane;
  const [half, quarter] = [size / 8, size / 16];
  const to = (x: number, y: number): Mm3 => addScaled(addScaled(at, right, x), down, y);
  switch (kind) {
    case 'length':
    case 'arrow':
      return [to(-half, 0), to(half, 0)];
    case 'region':
      return [at, to(half, 0)];
    case 'angle':
      return [to(-half, 0), at, to(half, -half)];
    case 'bidirectional':
      return [to(-half, 0), to(half, 0), to(0, -quarter), to(0, quarter)];
    case 'ellipse':
      return [at, to(half, 0), to(0, quarter)];
    case 'freehand':
      return [to(-half, -half), to(half, -half), to(half, half), to(-half, half)];
  }
}

/** Where the arrow's two barbs end. @param size mm */
export function arrowHead(tip: Mm3, from: Mm3, normal: Mm3, size: number): [Mm3, Mm3] | null {
  const back = unitOf(subtract(from, tip));
  if (!back) return null;
  const aside = scaled(cross(normal, back), size / 2);
  const base = addScaled(tip, back, size);
  return [addScaled(base, aside, 1), addScaled(base, aside, -1)];
}

/** The middle of all points of a measurement: where the viewer goes to. */
export function centreOf(kind: MeasurementKind, points: readonly Mm3[]): Mm3 {
  const [first = [0, 0, 0] as const] = points;
  if (kind === 'ellipse' || kind === 'region' || kind === 'arrow') return first;
  if (kind !== 'freehand' && points[1]) return middle(first, points[1]);
  const sum = points.reduce((total, p): Mm3 => addScaled(total, p, 1), [0, 0, 0] as Mm3);
  return scaled(sum, 1 / Math.max(1, points.length));
}
