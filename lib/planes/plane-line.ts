import { dot, subtract } from '../dicom/image-plane.ts';
import { type CanvasPoint, type ViewPlane, viewNormal } from './view-plane.ts';

/** A straight line across a viewport, CSS pixels: a point of it and its direction of unit length. */
export type CanvasLine = { at: CanvasPoint; along: CanvasPoint };

/** Planes nearer to parallel than this, as the sine of the angle between them, have no line worth drawing. */
const PARALLEL = 0.02;

/** Where another plane cuts a view, both in one frame of reference; null where they are parallel. */
export function lineOn(view: ViewPlane, other: ViewPlane): CanvasLine | null {
  const normal = viewNormal(other);
  const [a, b] = [dot(normal, view.right), dot(normal, view.down)];
  const square = a * a + b * b;
  if (square < PARALLEL * PARALLEL) return null;
  // a x + b y = distance, in mm from the middle of the view.
  const distance = dot(normal, subtract(other.centre, view.centre));
  const scale = distance / square / view.mmPerPixel;
  const size = Math.sqrt(square);
  return {
    at: [view.width / 2 + a * scale, view.height / 2 + b * scale],
    along: [-b / size, a / size],
  };
}

/** How far along a line, in pixels from its point, another one crosses it; null where they are parallel. */
export function crossing(line: CanvasLine, other: CanvasLine): number | null {
  const [x, y] = line.along;
  const [u, v] = other.along;
  const across = x * v - y * u;
  if (Math.abs(across) < PARALLEL) return null;
  const [dx, dy] = [other.at[0] - line.at[0], other.at[1] - line.at[1]];
  return (dx * v - dy * u) / across;
}

/** Pieces [from, to] of a line within a reach to both sides of its point, left open around places along it. */
export function openedAt(places: readonly number[], reach: number, gap: number): [number, number][] {
  const pieces: [number, number][] = [];
  let from = -reach;
  for (const place of [...places].sort((a, b) => a - b)) {
    if (place - gap > from) pieces.push([from, Math.min(place - gap, reach)]);
    from = Math.max(from, place + gap);
  }
  if (from < reach) pieces.push([from, reach]);
  return pieces;
}
