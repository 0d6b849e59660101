import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SessionSummary } from '@/lib/boards/schema.ts';

/** Where, with whom and how much: one line of facts about a session. */
export function SessionFacts({ session }: { session: SessionSummary }) {
  const t = useTranslations('session');
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-slate-700">
      <span>{session.centreCode}</span>
      <span>{t('cases', { count: session.caseCount })}</span>
      <span>{t('minutes', { minutes: session.durationMinutes })}</span>
      {session.chairName && <span>{t('chairedBy', { name: session.chairName })}</span>}
      {session.place && <span className="min-w-0 break-words">{session.place}</span>}
      {session.meetingUrl && (
        <a
          href={session.meetingUrl}
          target="_blank"
          rel="noreferrer"
          className="link inline-flex items-center gap-1"
        >
          {t('meetingLink')}
          <ExternalLink aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{t('newWindow')}</span>
        </a>
      )}
    </p>
  );
}
