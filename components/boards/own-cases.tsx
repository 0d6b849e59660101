import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/page.tsx';
import type { CaseSummary } from '@/lib/cases/schema.ts';

/** The newest cases of a referring doctor, and what has become of each. */
export function OwnCases({ cases }: { cases: CaseSummary[] }) {
  const t = useTranslations('start');
  const format = useFormatter();
  return (
    <ul className="card divide-y divide-slate-200">
      {cases.map(({ id, patient, reason, createdAt, studyCount, latest }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-6 gap-y-1 px-4 py-3">
          <Link href={`/cases/${id}`} className="link w-72 min-w-0 font-medium break-words">
            {patient.familyName} {patient.givenName}
          </Link>
          <span className="min-w-56 flex-1 break-words">{reason}</span>
          <span className="flex w-52 flex-wrap items-baseline gap-2 text-sm">
            <Becomes latest={latest} />
          </span>
          <span className="text-sm text-slate-600">{t('studies', { count: studyCount })}</span>
          <span className="text-sm text-slate-600">
            {t('opened', { date: format.dateTime(new Date(createdAt), { dateStyle: 'medium' }) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** On no agenda yet, on one, or decided: then with the record. */
function Becomes({ latest }: Pick<CaseSummary, 'latest'>) {
  const t = useTranslations('start');
  const format = useFormatter();
  if (!latest) return <Badge>{t('noBoardYet')}</Badge>;
  const date = format.dateTime(new Date(latest.startsAt), { dateStyle: 'medium', timeZone: latest.timeZone });
  if (!latest.decided) return <Badge tone="warn">{t('boardOn', { date })}</Badge>;
  return (
    <>
      <Badge tone="good">{t('decidedOn', { date })}</Badge>
      <Link href={`/decisions/${latest.itemId}`} className="link">
        {t('record')}
      </Link>
    </>
  );
}
