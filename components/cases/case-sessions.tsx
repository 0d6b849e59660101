'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/page.tsx';
import type { CaseView } from '@/lib/cases/schema.ts';
import { TakeOff } from './take-off.tsx';

/** Where a case is or was discussed, and what was decided. */
export function CaseSessions({ agenda, may }: Pick<CaseView, 'agenda' | 'may'>) {
  const t = useTranslations('cases');
  const format = useFormatter();
  if (agenda.length === 0) return <p className="text-slate-600">{t('noSessions')}</p>;
  return (
    <ul className="space-y-3">
      {agenda.map((item) => (
        <li key={item.itemId}>
          {item.mayOpen ? (
            <Link href={`/sessions/${item.sessionId}`} className="link">
              {item.boardTitle}
            </Link>
          ) : (
            <p>{item.boardTitle}</p>
          )}
          <p className="text-sm text-slate-600">
            {format.dateTime(new Date(item.startsAt), {
              dateStyle: 'full',
              timeStyle: 'short',
              hourCycle: 'h23',
              timeZone: item.timeZone,
            })}
          </p>
          {item.decisionId && (
            <p className="mt-1 flex items-center gap-2">
              <Link href={`/decisions/${item.itemId}`} className="link">
                {t('decision')}
              </Link>
              {item.decisionState === 'validated' ? (
                <Badge tone="good">{t('decisionState.validated')}</Badge>
              ) : (
                <Badge tone="warn">{t('decisionState.draft')}</Badge>
              )}
            </p>
          )}
          {may.share && <TakeOff item={item} />}
        </li>
      ))}
    </ul>
  );
}
