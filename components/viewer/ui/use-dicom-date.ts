'use client';

import { useLocale } from 'next-intl';

/** A DICOM date in the reader's language; as it stands where it is none. */
export function useDicomDate(): (value: string) => string {
  const locale = useLocale();
  return (value) => {
    const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
    if (!parts) return value;
    const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(day);
  };
}
