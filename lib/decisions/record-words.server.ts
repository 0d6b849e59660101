import { DateTime } from 'luxon';
import { createTranslator } from 'use-intl/core';
import type { Locale } from '@/lib/http/problem.server.ts';
import en from '@/messages/en.json' with { type: 'json' };
import fr from '@/messages/fr.json' with { type: 'json' };

/** Words and dates of the printed record, in either language whatever the reader's own. */
export function recordWords(locale: Locale) {
  const messages = locale === 'fr' ? fr : (en as typeof fr);
  const t = createTranslator({ locale, messages, namespace: 'record' });
  const specialty = createTranslator({ locale, messages, namespace: 'specialty' });
  const role = createTranslator({ locale, messages, namespace: 'role' });
  const sexes = createTranslator({ locale, messages, namespace: 'cases.sex' });
  // Dates as they are written in Europe, on 24 hours.
  const place = locale === 'fr' ? 'fr-FR' : 'en-GB';
  return {
    t,
    specialty: (code: string) => specialty(code as 'surgery'),
    role: (code: string) => role(code as 'clinician'),
    sex: (code: string) => (code === 'F' || code === 'M' || code === 'O' ? sexes(code) : code),
    date: (iso: string) =>
      DateTime.fromISO(iso, { zone: 'utc', locale: place }).toLocaleString(DateTime.DATE_FULL),
    /** With the zone's name: a record is read in other places and years. */
    moment: (iso: string, zone: string) =>
      `${DateTime.fromISO(iso, { zone, locale: place }).toLocaleString({ dateStyle: 'long', timeStyle: 'short' })} (${zone})`,
  };
}

export type RecordWords = ReturnType<typeof recordWords>;
