import { dot, type ImagePlane, subtract } from '../dicom/image-plane.ts';
import { type Contour, pointAt, pointCount } from '../dicom/rtstruct.ts';

/** In-plane mm from the centre of the image's first pixel: x along the row, y along the column. */
export type PlanePoint = readonly [number, number];

export function toPlanePoints(contour: Contour, plane: ImagePlane): PlanePoint[] {
  return Array.from({ length: pointCount(contour) }, (_, index) => {
    const offset = subtract(pointAt(contour, index), plane.origin);
    return [dot(offset, plane.rowDirection), dot(offset, plane.columnDirection)] as const;
  });
}

export const isClosed = (contour: Contour): boolean =>
  contour.type === 'CLOSED_PLANAR' || contour.type === 'CLOSEDPLANAR_XOR';

/**
 * The lines to stroke of a closed contour. A keyhole contour (PS3.3 C.8.8.6.3: one closed curve holding an inner
 * boundary, joined by a channel of no width) passes its channel twice, in opposite directions; that is no boundary of
 * the ROI and is left out. Fill uses the whole curve, even-odd.
 */
export function outlineRuns(points: readonly PlanePoint[]): PlanePoint[][] {
  const count = points.length;
  if (count < 2) return [];
  const edges = new Set<string>();
  for (let index = 0; index < count; index += 1)
    edges.add(edgeKey(points[index], points[(index + 1) % count]));
  const runs: PlanePoint[][] = [];
  let run: PlanePoint[] = [];
  for (let index = 0; index < count; index += 1) {
    const from = points[index];
    const to = points[(index + 1) % count];
    if (!from || !to) continue;
    if (edges.has(edgeKey(to, from))) {
      if (run.length > 1) runs.push(run);
      run = [];
    } else {
      if (run.length === 0) run.push(from);
      run.push(to);
    }
  }
  if (run.length > 1) runs.push(run);
  return runs;
}

const pointKey = (point: PlanePoint | undefined): string =>
  point ? `${point[0].toFixed(3)},${point[1].toFixed(3)}` : '';
const edgeKey = (from: PlanePoint | undefined, to: PlanePoint | undefined): string =>
  `${pointKey(from)}>${pointKey(to)}`;
