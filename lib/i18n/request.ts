import { headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { requestLocale } from '@/lib/http/problem.server.ts';
import en from '@/messages/en.json';
import fr from '@/messages/fr.json';

/** The language of a page: as for every other answer, so that a page and its errors speak the same. */
export default getRequestConfig(async () => {
  const incoming = await headers();
  const locale = requestLocale({
    cookie: incoming.get('cookie'),
    acceptLanguage: incoming.get('accept-language'),
  });
  // Dates and times as they are written in Europe: a day first, hours to 24.
  return locale === 'fr'
    ? { locale, messages: fr, timeZone: 'Europe/Paris' }
    : { locale: 'en-GB', messages: en, timeZone: 'Europe/Paris' };
});
