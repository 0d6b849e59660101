import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { toCanvas } from '@/lib/planes/view-plane.ts';
import type { Pane } from './pane.ts';

/** A point nearer to the window's edge than this, CSS pixels, is hard to look at. */
const MARGIN = 12;

/** Whether a patient point, or its foot on the plane, lies in a viewport's window; true where nothing is shown. */
export function isInView(pane: Pane, point: Mm3): boolean {
  const view = pane.viewPlane();
  if (!view) return true;
  const [x, y] = toCanvas(view, point);
  return x >= MARGIN && y >= MARGIN && x <= view.width - MARGIN && y <= view.height - MARGIN;
}
