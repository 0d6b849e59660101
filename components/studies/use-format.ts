'use client';

import { useFormatter } from 'next-intl';

const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A number of bytes as people read it: `1.2 GB`, `1,2 Go`. */
export function useBytes(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const power = Math.min(units.length, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
    return format.number(bytes / 1000 ** power, {
      style: 'unit',
      unit: units[power - 1],
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    });
  };
}

/** A calendar date as people read it, the month in letters: 04/12 is two days. `YYYYMMDD` of DICOM (PS3.5 6.2, DA) or `YYYY-MM-DD`. Other text stays as it is. */
export function useCalendarDate(): (date: string) => string {
  const format = useFormatter();
  return (date) => {
    const parts = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(date);
    if (!parts) return date;
    const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
    return format.dateTime(time, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
  };
}
