'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations();
  return (
    <main className="mx-auto max-w-prose px-4 py-24 text-center">
      <h1>{t('shell.errorTitle')}</h1>
      <p className="mt-2 mb-6 text-slate-600 dark:text-neutral-300">{t('errors.internal')}</p>
      <Button look="primary" onClick={reset}>
        {t('shell.retry')}
      </Button>
    </main>
  );
}
