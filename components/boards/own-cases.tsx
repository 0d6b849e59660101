import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { CaseSummary } from '@/lib/cases/schema.ts';

/** The newest cases of a referring doctor. */
export function OwnCases({ cases }: { cases: CaseSummary[] }) {
  const t = useTranslations('start');
  const format = useFormatter();
  return (
    <ul className="card divide-y divide-slate-200">
      {cases.map(({ id, patient, reason, createdAt, studyCount }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-6 gap-y-1 px-4 py-3">
          <Link href={`/cases/${id}`} className="link w-72 min-w-0 font-medium break-words">
            {patient.familyName} {patient.givenName}
          </Link>
          <span className="min-w-56 flex-1 break-words">{reason}</span>
          <span className="text-sm text-slate-600">{t('studies', { count: studyCount })}</span>
          <span className="text-sm text-slate-600">
            {t('opened', { date: format.dateTime(new Date(createdAt), { dateStyle: 'medium' }) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
