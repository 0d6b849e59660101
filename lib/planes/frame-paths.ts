import type { SpatialRegistration } from '../dicom/registration.ts';
import { apart, IDENTITY, inverse, joined, type Rigid } from '../dicom/rigid.ts';

/** One registration that is applied, in the direction in which it is gone. */
type Step = { registrationUid: string; from: string; to: string; transform: Rigid };

/**
 * How points come from one frame of reference into another.
 * - `no_frame`: one of the two has none: where its images lie is not known.
 * - `no_registration`: nothing leads from the one to the other.
 * - `ambiguous`: several registrations do, and differ: one of `candidates` must be named.
 */
export type FramePath =
  | { found: true; transform: Rigid; registrationUids: string[] }
  | { found: false; reason: 'no_frame' | 'no_registration' | 'ambiguous'; candidates: string[] };

/** More registrations than this one after the other carry more error than anybody would answer for. */
const LONGEST = 3;
/** Ways that nowhere differ by more than this, in mm, are one. */
const SAME_MM = 0.1;
/**
 * Atlases and devices (PS3.6 annex A): two registrations into one of them need not mean the same position of the patient
 * (PS3.3 C.20.2.1.1), so no way leads through them.
 */
const WELL_KNOWN = '1.2.840.10008.1.4.';

/**
 * The way between two frames of reference: the shortest one, if all of that length agree.
 * @param registrationUid SOP Instance UID of a registration that the way must use
 */
export function framePath(
  registrations: readonly SpatialRegistration[],
  from: string | null,
  to: string | null,
  registrationUid: string | null = null,
): FramePath {
  if (!from || !to) return { found: false, reason: 'no_frame', candidates: [] };
  if (from === to) return { found: true, transform: IDENTITY, registrationUids: [] };
  const steps = registrations.flatMap(stepsOf);
  for (let length = 1; length <= LONGEST; length += 1) {
    const ways = waysOf(steps, from, to, length).filter((way) => uses(way, registrationUid));
    const [first] = ways;
    if (!first) continue;
    const transform = transformOf(first);
    if (ways.every((way) => apart(transform, transformOf(way)) <= SAME_MM))
      return { found: true, transform, registrationUids: uidsOf(first) };
    const candidates = [...new Set(ways.flatMap(uidsOf))];
    return { found: false, reason: 'ambiguous', candidates };
  }
  return { found: false, reason: 'no_registration', candidates: [] };
}

/** A registration's frames, there and back. */
function stepsOf({ sopInstanceUid, to, frames }: SpatialRegistration): Step[] {
  return frames.flatMap((frame) => {
    if (!frame.applied) return [];
    const there = { registrationUid: sopInstanceUid, from: frame.from, to, transform: frame.transform };
    return [there, { ...there, from: to, to: frame.from, transform: inverse(frame.transform) }];
  });
}

function waysOf(steps: readonly Step[], from: string, to: string, length: number): Step[][] {
  const go = (way: readonly Step[], at: string, left: number): Step[][] =>
    steps
      .filter((step) => step.from === at && (left === 1) === (step.to === to))
      .filter((step) => step.to !== from && !way.some((before) => before.from === step.to))
      .flatMap((step) => {
        if (left === 1) return [[...way, step]];
        return step.to.startsWith(WELL_KNOWN) ? [] : go([...way, step], step.to, left - 1);
      });
  return go([], from, length);
}

const uses = (way: readonly Step[], uid: string | null): boolean =>
  uid === null || way.some((step) => step.registrationUid === uid);
const transformOf = (way: readonly Step[]): Rigid =>
  way.reduce((sum, step) => joined(sum, step.transform), IDENTITY);
const uidsOf = (way: readonly Step[]): string[] => [...new Set(way.map((step) => step.registrationUid))];
