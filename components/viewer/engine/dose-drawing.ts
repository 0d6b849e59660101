import type { DosePlane } from '@/lib/rt/dose-plane.ts';
import type { Isoline } from '@/lib/rt/isodose.ts';
import type { Polygon } from '@/lib/rt/scanline.ts';
import type { Place } from './contour-layer.ts';

/** CSS pixels: an isodose, and the one that the DVH's cursor stands on. */
export const LINE = 1.4;
export const CURSOR = 3;

/** Draws lines of equal dose in one colour, as wide and dashed as the context says. */
export function strokeLines(
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

/** The edge of a dose's grid. Beyond it the dose is unknown, which is not zero: the reader sees where that begins. */
export function drawEdge(
  context: CanvasRenderingContext2D,
  ratio: number,
  edge: Polygon,
  place: Place,
): void {
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

/** A picture of one pixel per sample of a plane. Each sample is the middle of its pixel; the picture ends where the grid does. */
export function drawPicture(
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
