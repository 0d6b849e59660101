import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  const t = await getTranslations();
  return (
    <main className="mx-auto max-w-prose px-4 py-24 text-center">
      <h1>{t('shell.notFoundTitle')}</h1>
      <p className="mt-2 mb-6 text-slate-600 dark:text-neutral-300">{t('errors.not_found')}</p>
      <Link href="/" className="link">
        {t('shell.backToStart')}
      </Link>
    </main>
  );
}
