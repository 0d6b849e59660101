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
  return { locale, messages: locale === 'fr' ? fr : en, timeZone: 'Europe/Paris' };
});
