/**
 * Seconds since 1970 of a DICOM date (`YYYYMMDD`) and time (`HHMMSS.FFFFFF`), both read as UTC: only differences are
 * used. Null when either cannot be read.
 */
export function dicomSeconds(date: string, time: string): number | null {
  const day = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date);
  const clock = /^(\d{2}):?(\d{2})?:?(\d{2})?(\.\d{1,6})?/.exec(time);
  if (!day || !clock) return null;
  const midnight = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) / 1000;
  return (
    midnight +
    Number(clock[1]) * 3600 +
    Number(clock[2] ?? 0) * 60 +
    Number(clock[3] ?? 0) +
    Number(clock[4] ?? 0)
  );
}
