import { dot, type Mm3 } from '@/lib/dicom/image-plane.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import type { Isoline } from '@/lib/rt/isodose.ts';
import { cutPlaneOf } from '@/lib/rt/section-plane.ts';
import type { SeenDose } from './dose-layer.ts';
import { isOn, levelsInGy } from './dose-state.ts';
import type { ViewerSnapshot } from './store.ts';

/** The level in Gy whose line passes nearest to a point of a painted plane; null where none is within so many mm. */
export function levelUnder(
  seen: SeenDose,
  { dose }: ViewerSnapshot,
  view: ViewPlane,
  point: Mm3,
  withinMm: number,
): number | null {
  if (!isOn(dose) || dose.mode === 'wash' || seen.replaced()) return null;
  const shown = seen.shown(dose.doseUids);
  // By a registration too, but where the pointer is there is told by the plane itself.
  if (!shown.known || view.frameOfReferenceUid !== shown.grid.frameOfReferenceUid) return null;
  const levels = levelsInGy(dose)
    .filter(({ level }) => level.visible)
    .map(({ gy }) => gy);
  const found = seen.planes.lines(shown.grid, cutPlaneOf(view), levels);
  const at = [dot(point, view.right), dot(point, view.down)] as const;
  let nearest: number | null = null;
  let best = withinMm;
  found?.lines.forEach((lines, index) => {
    const distance = Math.min(...lines.map((line) => distanceTo(line, at)));
    if (distance > best) return;
    best = distance;
    nearest = levels[index] ?? null;
  });
  return nearest;
}

/** mm from a point to a line of equal dose, on the plane. */
function distanceTo({ points, closed }: Isoline, [x, y]: readonly [number, number]): number {
  const count = points.length / 2;
  let best = Infinity;
  for (let at = 0; at < (closed ? count : count - 1); at += 1) {
    const next = (at + 1) % count;
    const [fromX, fromY] = [points[2 * at] ?? 0, points[2 * at + 1] ?? 0];
    const [dx, dy] = [(points[2 * next] ?? 0) - fromX, (points[2 * next + 1] ?? 0) - fromY];
    const square = dx * dx + dy * dy;
    const part = square > 0 ? Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / square)) : 0;
    best = Math.min(best, Math.hypot(x - fromX - part * dx, y - fromY - part * dy));
  }
  return best;
}
