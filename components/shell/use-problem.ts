'use client';

import { useTranslations } from 'next-intl';
import { ApiError } from '@/lib/http/api-client.ts';

/** Says an error in the user's language. The server's title is used as it is; the network's has only a code. */
export function useProblem(): (error: unknown) => string {
  const t = useTranslations('errors');
  return (error) => {
    if (!(error instanceof ApiError)) return t('internal');
    return error.problem.title || (error.code === 'network' ? t('network') : t('internal'));
  };
}
