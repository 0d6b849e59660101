import type { Beam } from '../dicom/rtplan.ts';

/** A turn of the gantry one way: from an angle, by so many degrees; clockwise, towards greater angles, is above zero. */
export type Arc = { from: number; by: number };

/** Angles closer than this, in degrees, are one: the gantry stands. */
const STILL = 1e-3;

/**
 * The turns of a beam's gantry while it irradiates, from its control points, each as far as it goes one way; none of a
 * beam that stands. `direction_unknown` where it moves and the plan does not say which way: the shorter one would be a
 * guess.
 */
export function arcsOf({ points }: Pick<Beam, 'points'>): Arc[] | 'direction_unknown' {
  const arcs: Arc[] = [];
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (point.gantry === null || next == null || next.gantry === null) continue;
    const ahead = (((next.gantry - point.gantry) % 360) + 360) % 360;
    if (ahead < STILL || ahead > 360 - STILL) continue;
    if (point.rotation !== 'CW' && point.rotation !== 'CC') return 'direction_unknown';
    const by = point.rotation === 'CW' ? ahead : ahead - 360;
    const last = arcs.at(-1);
    if (last && Math.sign(last.by) === Math.sign(by)) last.by += by;
    else arcs.push({ from: point.gantry, by });
  }
  return arcs;
}

/** The gantry angle where an arc ends, from 0 to 360°. */
export const arcEnd = ({ from, by }: Arc): number => (((from + by) % 360) + 360) % 360;
