import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { localeFrom } from '@/lib/http/problem.server.ts';
import en from '@/messages/en.json';
import fr from '@/messages/fr.json';

/** The language of a page: the one chosen (cookie `locale`, set at sign-in from the person's own), else the browser's. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get('locale')?.value;
  const locale =
    chosen === 'en' || chosen === 'fr' ? chosen : localeFrom((await headers()).get('accept-language'));
  return { locale, messages: locale === 'fr' ? fr : en, timeZone: 'Europe/Paris' };
});
