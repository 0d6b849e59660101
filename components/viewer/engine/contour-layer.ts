import { dot } from '@/lib/dicom/image-plane.ts';
import type { Roi } from '@/lib/dicom/rtstruct.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Polygon } from '@/lib/rt/scanline.ts';
import type { Section } from '@/lib/rt/section-plane.ts';

/** One ROI as a plane shows it. */
export type DrawnRoi = {
  roi: Roi;
  section: Section;
  opacity: number;
  /** The painted plane in the ROI's own frame of reference. */
  view: ViewPlane;
};

const LINE = 1.6;
const CROSS = 5;

/** Draws what a plane shows of ROIs: fill by the even-odd rule, so that holes stay open, outlines over it. */
export function drawContours(
  context: CanvasRenderingContext2D,
  ratio: number,
  rois: readonly DrawnRoi[],
): void {
  context.lineJoin = 'round';
  context.lineWidth = LINE * ratio;
  for (const { roi, section, opacity, view } of rois) {
    const place = placeOn(view, ratio);
    context.strokeStyle = roi.colour;
    context.fillStyle = roi.colour;
    context.beginPath();
    traceLoops(context, section.loops, place);
    if (opacity > 0) {
      context.globalAlpha = opacity;
      context.fill('evenodd');
      context.globalAlpha = 1;
    }
    for (const line of section.lines) trace(context, line, place);
    for (let at = 0; at + 1 < section.marks.length; at += 2)
      mark(context, place(section.marks[at] ?? 0, section.marks[at + 1] ?? 0), ratio);
    context.stroke();
  }
}

/** From x = p·right and y = p·down of a plane, in mm, to device pixels. */
export type Place = (x: number, y: number) => readonly [number, number];

export function placeOn(view: ViewPlane, ratio: number): Place {
  const perMm = ratio / view.mmPerPixel;
  const left = (view.width / 2) * ratio - dot(view.centre, view.right) * perMm;
  const top = (view.height / 2) * ratio - dot(view.centre, view.down) * perMm;
  return (x, y) => [left + x * perMm, top + y * perMm];
}

/** Adds closed outlines to the path. */
export function traceLoops(context: CanvasRenderingContext2D, loops: readonly Polygon[], place: Place): void {
  for (const loop of loops) {
    trace(context, loop, place);
    context.closePath();
  }
}

function trace(context: CanvasRenderingContext2D, points: Polygon, place: Place): void {
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = place(points[at] ?? 0, points[at + 1] ?? 0);
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function mark(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], ratio: number): void {
  context.moveTo(x - CROSS * ratio, y);
  context.lineTo(x + CROSS * ratio, y);
  context.moveTo(x, y - CROSS * ratio);
  context.lineTo(x, y + CROSS * ratio);
}
