'use client';

import { useTranslations } from 'next-intl';

/** Stands where the viewer will be while its files come: over a slow line that takes seconds. */
export function ViewerWaits({ className = '' }: { className?: string }) {
  const t = useTranslations('viewer');
  return (
    <p
      role="status"
      className={`absolute inset-0 grid place-content-center bg-neutral-950 text-neutral-200 ${className}`}
    >
      {t('status.loading')}
    </p>
  );
}
