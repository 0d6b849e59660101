'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { api } from '@/lib/http/api-client.ts';

/** English or French (`compact`: by their codes), remembered by the account when somebody is signed in and by the browser otherwise. */
export function LanguageSwitch({ signedIn, compact }: { signedIn: boolean; compact?: boolean }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const locale = useLocale() === 'fr' ? 'fr' : 'en';
  const choose = async (next: 'en' | 'fr') => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads the language from a plain cookie.
    document.cookie = `locale=${next}; Path=/; Max-Age=31536000; SameSite=Lax`;
    if (signedIn) await api('PATCH', '/api/account', { locale: next }).catch(() => undefined);
    router.refresh();
  };
  return (
    <select
      aria-label={t('language')}
      className={`field w-auto ${compact ? 'px-1 py-0.5 text-xs' : 'py-1 text-sm'}`}
      value={locale}
      onChange={(event) => void choose(event.target.value === 'en' ? 'en' : 'fr')}
    >
      <option value="en" lang="en">
        {compact ? 'EN' : t('english')}
      </option>
      <option value="fr" lang="fr">
        {compact ? 'FR' : t('french')}
      </option>
    </select>
  );
}
