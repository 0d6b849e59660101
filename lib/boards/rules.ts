import { DateTime } from 'luxon';
import { type Specialty, specialties } from '@/lib/people/schema.ts';

/** Quorum of a regulatory board (INCa): at least three doctors of different specialties, and those the board names. */
export const QUORUM_SPECIALTIES = 3;
const notDoctors = new Set<string>(['medical_physics', 'other'] satisfies Specialty[]);

/** The specialties that a board may require: those of doctors, who alone count for the quorum. */
export const quorumSpecialties = specialties.filter((specialty) => !notDoctors.has(specialty));

export type Quorum = { met: boolean; different: number; missing: string[] };

/** Judges a quorum by the specialties of those who are there; a written opinion may supply a missing one. */
export function judgeQuorum(
  present: readonly (string | null)[],
  required: readonly string[],
  writtenOpinions: readonly string[] = [],
): Quorum {
  const there = new Set(
    [...present, ...writtenOpinions].filter((one): one is string => one !== null && !notDoctors.has(one)),
  );
  const missing = required.filter((specialty) => !there.has(specialty));
  return {
    met: there.size >= QUORUM_SPECIALTIES && missing.length === 0,
    different: there.size,
    missing: [...missing],
  };
}

export type Moment = { ok: true; at: Date } | { ok: false; code: 'date_does_not_exist' };

/**
 * The instant of a local date and time in a zone. A 31st of February does not exist, nor do the minutes that the
 * clock jumps over in spring.
 */
export function toInstant(date: string, time: string, timeZone: string): Moment {
  const local = DateTime.fromISO(`${date}T${time}:00`, { zone: timeZone });
  const same = local.isValid && local.toFormat('yyyy-MM-dd HH:mm') === `${date} ${time}`;
  return same ? { ok: true, at: local.toJSDate() } : { ok: false, code: 'date_does_not_exist' };
}

/** The date and time that people in that zone read. */
export function toLocal(at: Date | string, timeZone: string): { date: string; time: string } {
  const local = DateTime.fromJSDate(new Date(at), { zone: timeZone });
  return { date: local.toFormat('yyyy-MM-dd'), time: local.toFormat('HH:mm') };
}

/** Whether a session is today, by the calendar of its own zone. */
export function isToday(startsAt: Date, timeZone: string, now = new Date()): boolean {
  return toLocal(startsAt, timeZone).date === toLocal(now, timeZone).date;
}

/** The same items in another order: nothing more, nothing less. */
export function isReordering(present: readonly string[], wanted: readonly string[]): boolean {
  return (
    present.length === wanted.length &&
    new Set(wanted).size === wanted.length &&
    present.every((id) => wanted.includes(id))
  );
}
