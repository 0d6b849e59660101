import { z } from 'zod';
import { uid, vec3 } from './shapes.ts';

/**
 * What somebody draws to point at something, and what fades: an arrow or a free line. Points are patient millimetres of
 * the named Frame of Reference (DICOM PS3.3 C.7.6.2.1.1), on one plane.
 */
export const markKinds = ['arrow', 'line'] as const;
export type MarkKind = (typeof markKinds)[number];
export const MOST_MARK_POINTS = 200;

export const markSchema = z.strictObject({
  /** Its owner's count: a mark grows under one number, each time told as a whole. */
  n: z.number().int().nonnegative(),
  kind: z.enum(markKinds),
  seriesUid: uid,
  frameOfReferenceUid: uid.nullable(),
  /** Unit normal of the plane that it lies on: right x down on the screen it was drawn on. */
  normal: vec3,
  /** Drawn on a projection, whose points have no depth. */
  projected: z.boolean(),
  /** An arrow's tail and head, or a line's points. */
  points: z.array(vec3).min(2).max(MOST_MARK_POINTS),
});
export type Mark = z.infer<typeof markSchema>;
export type MarkUpdate = { personId: string; mark: Mark };

/** So many marks wait for a slow connection; what waits longer has faded where others saw it. */
const MOST_WAITING = 16;

/** Marks that wait are folded: the latest of each, the oldest of too many dropped. */
export function mergeMarks(waiting: readonly MarkUpdate[], next: readonly MarkUpdate[]): MarkUpdate[] {
  const latest = new Map<string, MarkUpdate>();
  for (const update of [...waiting, ...next]) {
    const key = `${update.personId} ${update.mark.n}`;
    latest.delete(key);
    latest.set(key, update);
  }
  return [...latest.values()].slice(-MOST_WAITING);
}
