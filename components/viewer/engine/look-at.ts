import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { isInView } from './in-view.ts';
import type { Pane } from './pane.ts';
import type { Spaces } from './spaces.ts';

/** Takes the other viewports to a point of one; what lies outside of their windows comes into the middle. */
export function lookAt(spaces: Pick<Spaces, 'mapFrom'>, pane: Pane, panes: readonly Pane[], mm: Mm3): void {
  const from = pane.state();
  if (!from) return;
  for (const other of panes) {
    const to = other === pane ? null : other.state();
    const there = to && spaces.mapFrom(mm, from, to);
    if (!there) continue;
    other.goToPoint(there);
    if (!isInView(other, there)) other.change({ focalMm: [...there] });
  }
}
