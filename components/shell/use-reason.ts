'use client';

import { useTranslations } from 'next-intl';

/** The sentence of an error's code, where only the code is known; the code itself where there is no sentence. */
export function useReason(): (code: string) => string {
  const t = useTranslations('errors');
  return (code) => (t.has(code) ? t(code) : code);
}
