import { dot } from '../dicom/image-plane.ts';
import { pointAt, pointCount } from '../dicom/rtstruct.ts';
import { isClosed } from './contour-outline.ts';
import { boundaryLoops } from './keyhole.ts';
import type { LooseContour } from './section-index.ts';
import type { CutPlane, Section } from './section-plane.ts';

/**
 * Adds what a plane shows of a contour that is no part of a body. One that lies on the plane, all its points within the
 * tolerance, is shown as it was drawn; one that passes through the plane leaves a mark where it does.
 * @param tolerance mm
 * @param open whether a closed contour is drawn as a line: one of too few points beside a body
 */
export function cutLoose(
  { contour, low, high }: LooseContour,
  plane: CutPlane,
  tolerance: number,
  open: boolean,
  section: Section,
): void {
  const { right, down, normal, depth } = plane;
  let [nearest, farthest] = [-depth, -depth];
  for (const axis of [0, 1, 2] as const) {
    const [a, b] = [low[axis] * normal[axis], high[axis] * normal[axis]];
    nearest += Math.min(a, b);
    farthest += Math.max(a, b);
  }
  if (nearest > tolerance || farthest < -tolerance) return;
  const count = pointCount(contour);
  const flat = new Float64Array(2 * count);
  const away = new Float64Array(count);
  let most = 0;
  for (let index = 0; index < count; index += 1) {
    const point = pointAt(contour, index);
    flat[2 * index] = dot(point, right);
    flat[2 * index + 1] = dot(point, down);
    const distance = dot(point, normal) - depth;
    away[index] = distance;
    most = Math.max(most, Math.abs(distance));
  }
  if (most <= tolerance) {
    if (count === 1) section.marks.push(flat[0] ?? 0, flat[1] ?? 0);
    else if (isClosed(contour) && !open) section.loops.push(...boundaryLoops(flat));
    else section.lines.push(flat);
    return;
  }
  const edges = isClosed(contour) ? count : count - 1;
  for (let index = 0; index < edges; index += 1) {
    const next = (index + 1) % count;
    const [a, b] = [away[index] ?? 0, away[next] ?? 0];
    if (a > 0 === b > 0) continue;
    const t = a / (a - b);
    const between = (at: 0 | 1): number =>
      (flat[2 * index + at] ?? 0) * (1 - t) + (flat[2 * next + at] ?? 0) * t;
    section.marks.push(between(0), between(1));
  }
}
