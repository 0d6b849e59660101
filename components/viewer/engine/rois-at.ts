import { dot } from '@/lib/dicom/image-plane.ts';
import { type CanvasPoint, toPatient } from '@/lib/planes/view-plane.ts';
import { crossings } from '@/lib/rt/scanline.ts';
import type { DrawnRoi } from './contour-layer.ts';

/** Names of the ROIs whose cut holds a place on the viewport, by the even-odd rule. */
export function roisAt(drawn: readonly DrawnRoi[], at: CanvasPoint): string[] {
  return drawn.flatMap(({ roi, section, view }) => {
    const point = toPatient(view, at);
    const [x, y] = [dot(point, view.right), dot(point, view.down)];
    const before = crossings(section.loops, y).filter((u) => u < x).length;
    return before % 2 === 1 ? [roi.name] : [];
  });
}
