import { dot, type Mm3, subtract } from '../dicom/image-plane.ts';
import { type Measured, measured, positionVariance, type VoxelEdges } from './uncertainty.ts';
import { distance, perpendicularPart, scaled, unitOf } from './vectors.ts';

const DEGREES = 180 / Math.PI;

/**
 * Angle at `vertex` between the arms to `a` and to `b`, 0 to 180 degrees. All three points are as uncertain as a
 * length's ends: the shorter an arm, the less is known of its direction. Null for an arm without length.
 */
export function angleOf(a: Mm3, vertex: Mm3, b: Mm3, edges: VoxelEdges): Measured | null {
  const first = unitOf(subtract(a, vertex));
  const second = unitOf(subtract(b, vertex));
  if (!first || !second) return null;
  const cosine = Math.min(1, Math.max(-1, dot(first, second)));
  // How the angle changes as an end moves: across its arm, away from the other, by 1/length.
  const across = (arm: Mm3, other: Mm3, end: Mm3): Mm3 => {
    const away = unitOf(perpendicularPart(other, arm));
    return away ? scaled(away, -DEGREES / distance(end, vertex)) : [0, 0, 0];
  };
  const byA = across(first, second, a);
  const byB = across(second, first, b);
  const byVertex: Mm3 = [-byA[0] - byB[0], -byA[1] - byB[1], -byA[2] - byB[2]];
  const variance = [byA, byB, byVertex].reduce((sum, one) => sum + positionVariance(edges, one), 0);
  return measured(Math.acos(cosine) * DEGREES, variance);
}
