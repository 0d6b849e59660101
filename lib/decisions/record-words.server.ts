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
  return {
    t,
    specialty: (code: string) => specialty(code as 'surgery'),
    role: (code: string) => role(code as 'clinician'),
    date: (iso: string) => DateTime.fromISO(iso, { zone: 'utc', locale }).toLocaleString(DateTime.DATE_FULL),
    moment: (iso: string, zone: string) =>
      `${DateTime.fromISO(iso, { zone, locale }).toLocaleString(DateTime.DATETIME_FULL)}`,
  };
}

export type RecordWords = ReturnType<typeof recordWords>;
