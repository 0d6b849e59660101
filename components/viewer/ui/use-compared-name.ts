'use client';

import { useTranslations } from 'next-intl';
import type { ViewerSnapshot } from '../engine/store.ts';
import { useDoseName } from './dose-choice.tsx';

/** What a compared dose is called: its plan, and how much of it; of a sum, of how many doses. */
export function useComparedName({ doses, plans }: ViewerSnapshot): (uids: readonly string[]) => string {
  const t = useTranslations('viewer');
  const nameOf = useDoseName();
  return (uids) => {
    const headers = doses.map((one) => one.header).filter((one) => uids.includes(one.sopInstanceUid));
    const [first] = headers;
    if (!first || headers.length < uids.length) return t('comparison.unknownSet');
    const planUids = new Set(headers.flatMap((one) => one.planUids));
    const labels = plans
      .filter((one) => planUids.has(one.sopInstanceUid))
      .map((one) => one.label || one.name);
    const what = headers.length > 1 ? t('doseComparison.sumOf', { count: headers.length }) : nameOf(first);
    return [...labels, what].filter(Boolean).join(' · ');
  };
}
