export const DAY_S = 86_400;

/**
 * Seconds since 1970 of a DICOM date (`YYYYMMDD`) and time (`HHMMSS.FFFFFF`), both read as UTC: only differences are
 * used. Null when either cannot be read.
 */
export function dicomSeconds(date: string, time: string): number | null {
  const day = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date);
  const clock = secondsOfDay(time);
  if (!day || clock === null) return null;
  return Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) / 1000 + clock;
}

/** Seconds since midnight of a DICOM time; null when it cannot be read. */
export function secondsOfDay(time: string): number | null {
  const clock = /^(\d{2}):?(\d{2})?:?(\d{2})?(\.\d{1,6})?/.exec(time);
  if (!clock) return null;
  const [, hours, minutes, seconds, fraction] = clock;
  return Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0) + Number(fraction ?? 0);
}

/**
 * Seconds of a DT value on the clock of the object's own times. A DT may carry its offset from UTC (`&ZZXX`, PS3.5
 * 6.2); dates and times stand in Timezone Offset From UTC (0008,0201), or in an unnamed local time.
 * @param objects the object's Timezone Offset From UTC; '' where it names none
 * @returns `otherClock`: it has an offset of its own and the object none, so that it was taken as written
 */
export function dicomDateTime(value: string, objects: string): { at: number; otherClock: boolean } | null {
  const parts = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)([+-]\d{4})?$/.exec(value);
  const local = parts && dicomSeconds(parts[1] ?? '', parts[2] ?? '');
  if (!parts || local === null) return null;
  const own = offsetSeconds(parts[3]);
  const theirs = offsetSeconds(objects);
  if (own === null) return { at: local, otherClock: false };
  return theirs === null ? { at: local, otherClock: true } : { at: local - own + theirs, otherClock: false };
}

/** The offset that a DT value carries; '' for none. */
export const offsetOf = (value: string): string => /[+-]\d{4}$/.exec(value)?.[0] ?? '';

/** Seconds east of UTC of `&ZZXX`; null for none. */
function offsetSeconds(text: string | undefined): number | null {
  const parts = /^([+-])(\d{2})(\d{2})$/.exec(text ?? '');
  if (!parts) return null;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 3600 + Number(parts[3]) * 60);
}
