import type { ImagePlane, Mm3 } from '@/lib/dicom/image-plane.ts';
import { addScaled } from '@/lib/dicom/image-plane.ts';
import type { Contour } from '@/lib/dicom/rtstruct.ts';
import type { RoiContours } from '@/lib/rt/contour-index.ts';
import { isClosed, outlineRuns, type PlanePoint, toPlanePoints } from '@/lib/rt/contour-outline.ts';
import type { CanvasPoint } from './projection.ts';

/** One ROI to draw on the shown image. */
export type DrawnRoi = RoiContours & { opacity: number };

const LINE = 1.6;
const cross = 5;
type Shape = { points: PlanePoint[]; runs: PlanePoint[][] };
const kept = new WeakMap<ImagePlane, WeakMap<Contour, Shape>>();

/** In-plane mm count from the image's own origin, so a contour has one shape per plane. */
function shapeOf(contour: Contour, plane: ImagePlane): Shape {
  const onPlane = kept.get(plane) ?? new WeakMap<Contour, Shape>();
  kept.set(plane, onPlane);
  const known = onPlane.get(contour);
  if (known) return known;
  const points = toPlanePoints(contour, plane);
  const made = { points, runs: isClosed(contour) ? outlineRuns(points) : [points] };
  onPlane.set(contour, made);
  return made;
}

/** Draws contours over an image: fill by the even-odd rule, so that holes stay open; outlines without keyhole channels. */
export function drawContours(
  context: CanvasRenderingContext2D,
  ratio: number,
  plane: ImagePlane | null,
  project: (point: Mm3) => CanvasPoint,
  rois: readonly DrawnRoi[],
): void {
  if (!plane || rois.length === 0) return;
  const place = planeToCanvas(plane, project, ratio);
  context.lineJoin = 'round';
  context.lineWidth = LINE * ratio;
  for (const { roi, contours, opacity } of rois) {
    context.strokeStyle = roi.colour;
    context.fillStyle = roi.colour;
    if (opacity > 0) fill(context, contours.filter(isClosed), plane, place, opacity);
    context.beginPath();
    for (const contour of contours) {
      if (contour.type === 'POINT') mark(context, shapeOf(contour, plane).points[0], place, ratio);
      else for (const run of shapeOf(contour, plane).runs) trace(context, run, place);
    }
    context.stroke();
  }
}

type Place = (point: PlanePoint) => CanvasPoint;

function planeToCanvas(plane: ImagePlane, project: (point: Mm3) => CanvasPoint, ratio: number): Place {
  // 100 mm apart, so that rounding does not show.
  const origin = project(plane.origin);
  const right = project(addScaled(plane.origin, plane.rowDirection, 100));
  const down = project(addScaled(plane.origin, plane.columnDirection, 100));
  const ax = (right[0] - origin[0]) / 100;
  const ay = (right[1] - origin[1]) / 100;
  const bx = (down[0] - origin[0]) / 100;
  const by = (down[1] - origin[1]) / 100;
  return ([x, y]) => [(origin[0] + x * ax + y * bx) * ratio, (origin[1] + x * ay + y * by) * ratio];
}

function fill(
  context: CanvasRenderingContext2D,
  contours: Contour[],
  plane: ImagePlane,
  place: Place,
  opacity: number,
): void {
  context.beginPath();
  for (const contour of contours) {
    trace(context, shapeOf(contour, plane).points, place);
    context.closePath();
  }
  context.globalAlpha = opacity;
  context.fill('evenodd');
  context.globalAlpha = 1;
}

function trace(context: CanvasRenderingContext2D, points: readonly PlanePoint[], place: Place): void {
  points.forEach((point, index) => {
    const [x, y] = place(point);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}

function mark(
  context: CanvasRenderingContext2D,
  point: PlanePoint | undefined,
  place: Place,
  ratio: number,
): void {
  if (!point) return;
  const [x, y] = place(point);
  context.moveTo(x - cross * ratio, y);
  context.lineTo(x + cross * ratio, y);
  context.moveTo(x, y - cross * ratio);
  context.lineTo(x, y + cross * ratio);
}
