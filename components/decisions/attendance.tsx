'use client';

import { useTranslations } from 'next-intl';
import type { DecisionContext } from '@/lib/decisions/schema.ts';

/** Who was in the room while the case was discussed, and whether that makes a quorum. */
export function Attendance({ context }: { context: DecisionContext }) {
  const t = useTranslations();
  const { present, quorum } = context;
  const missing = quorum.missing.map((code) => t(`specialty.${code}`)).join(', ');
  return (
    <details className="rounded-md border border-slate-200 px-2.5 py-1.5 text-sm dark:border-neutral-800">
      <summary className="cursor-pointer">
        <span
          className={quorum.met ? 'text-teal-800 dark:text-teal-300' : 'text-amber-900 dark:text-amber-300'}
        >
          {quorum.met
            ? t('decision.quorumMet', { different: quorum.different })
            : t('decision.quorumNotMet', { different: quorum.different })}
        </span>
        {missing !== '' && <span>{`, ${t('record.missing', { list: missing })}`}</span>}
        <span className="text-slate-600 dark:text-neutral-400">
          {` · ${t('decision.presentCount', { count: present.length })}`}
        </span>
      </summary>
      <ul className="mt-1.5 space-y-0.5">
        {present.map((one) => (
          <li key={one.personId} className="flex justify-between gap-2">
            <span>{one.displayName}</span>
            <span className="text-right text-slate-600 dark:text-neutral-400">
              {`${one.specialty ? t(`specialty.${one.specialty}`) : t(`role.${one.role}`)} · ${one.centreCode}`}
            </span>
          </li>
        ))}
        {present.length === 0 && <li>{t('decision.nobodyYet')}</li>}
      </ul>
    </details>
  );
}
