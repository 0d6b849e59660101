import { addScaled, cross, dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import type { Measurement } from '../live/measurement-state.ts';
import { onPerpendicular } from './bidirectional.ts';
import { perpendicularPart, unitOf } from './vectors.ts';

/** 0.01 mm (or pixel): finer than any screen, and the same for everybody in the room. */
const fixed = (point: Mm3): [number, number, number] => [
  Number(point[0].toFixed(2)),
  Number(point[1].toFixed(2)),
  Number(point[2].toFixed(2)),
];

export const withPoints = (measurement: Measurement, points: readonly Mm3[]): Measurement => ({
  ...measurement,
  points: points.map(fixed),
});

/** The measurement moved as a whole. */
export const movedBy = (measurement: Measurement, by: Mm3): Measurement =>
  withPoints(
    measurement,
    measurement.points.map((point) => addScaled(point, by, 1)),
  );

/**
 * One of its points pulled somewhere. Of an ellipse the centre takes all with it, an axis's end turns the ellipse; the
 * ends of a short axis stay on the perpendicular; a region's centre takes its edge with it.
 */
export function pointPulled(measurement: Measurement, index: number, to: Mm3): Measurement {
  const { kind, points, normal } = measurement;
  const from = points[index];
  if (!from) return measurement;
  if (index === 0 && (kind === 'ellipse' || kind === 'region'))
    return movedBy(measurement, subtract(to, from));
  const next: Mm3[] = [...points];
  next[index] = to;
  const [a, b, c, d] = points;
  if (kind === 'bidirectional' && index >= 2 && a && b && c && d)
    next[index] = onPerpendicular(to, index === 2 ? d : c, a, b);
  if (kind === 'ellipse' && normal && a && b && c) {
    if (index === 1) {
      const across = unitOf(cross(normal, perpendicularPart(subtract(to, a), normal)));
      const before = unitOf(cross(normal, perpendicularPart(subtract(b, a), normal)));
      if (across && before) next[2] = addScaled(a, across, dot(subtract(c, a), before));
    } else {
      const along = unitOf(perpendicularPart(subtract(b, a), normal));
      if (along) next[2] = addScaled(a, perpendicularPart(subtract(to, a), along), 1);
    }
  }
  return withPoints(measurement, next);
}
