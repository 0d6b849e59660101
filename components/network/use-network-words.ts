'use client';

import { useFormatter, useTranslations } from 'next-intl';

/** The sentence of a reason; the code itself where there is none. */
export function useNetworkReason(): (code: string) => string {
  const t = useTranslations('network.reasons');
  return (code) => (t.has(code) ? t(code) : code);
}

/** A moment as people read it. */
export function useWhen(): (iso: string) => string {
  const format = useFormatter();
  return (iso) =>
    format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}
