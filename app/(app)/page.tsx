import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { OwnCases } from '@/components/boards/own-cases.tsx';
import { SessionLines, TodaySessions } from '@/components/boards/session-list.tsx';
import { buttonClass } from '@/components/ui/button.tsx';
import { EmptyState, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { listSessions } from '@/lib/boards/list-sessions.server.ts';
import { listCases } from '@/lib/cases/read-case.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('start'))('title') };
}

const OWN_CASES_SHOWN = 10;

export default async function StartPage() {
  const actor = await requireActor();
  const roles = new Set(actor.memberships.map(({ role }) => role));
  const [t, shell, format] = await Promise.all([
    getTranslations('start'),
    getTranslations('shell'),
    getFormatter(),
  ]);
  const [today, coming, own] = await Promise.all([
    listSessions(actor, 'today'),
    listSessions(actor, 'coming'),
    roles.has('referrer') ? listCases(actor, '') : [],
  ]);
  const now = Date.now();
  const meets = today.length + coming.length > 0;
  const onlyAdministers = roles.size === 1 && roles.has('admin');
  return (
    <div className="space-y-8">
      <section>
        <PageHeader
          title={onlyAdministers ? t('administration') : t('title')}
          about={
            <span className="inline-block first-letter:uppercase">
              {format.dateTime(now, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
            </span>
          }
        />
        {today.length > 0 ? (
          <>
            <h2 className="sr-only">{t('today')}</h2>
            <TodaySessions sessions={today} now={now} />
          </>
        ) : (
          !onlyAdministers && (
            <EmptyState title={t('none')}>
              {roles.has('secretary') ? (
                <>
                  <p className="mb-3">{t('noneSecretary')}</p>
                  <Link href="/boards" className={buttonClass('primary')}>
                    {t('toBoards')}
                  </Link>
                </>
              ) : (
                t('noneOther')
              )}
            </EmptyState>
          )
        )}
      </section>
      {roles.has('admin') && (
        <nav aria-label={t('administration')}>
          {!onlyAdministers && <h2 className="mb-2">{t('administration')}</h2>}
          <ul className="grid gap-3 sm:grid-cols-3">
            {(['people', 'network', 'quarantine', 'audit'] as const).map((entry) => (
              <AdminCard key={entry} href={`/${entry}`} title={shell(entry)} words={t(`admin.${entry}`)} />
            ))}
            <AdminCard href="/studies/hidden" title={t('admin.hiddenTitle')} words={t('admin.hidden')} />
          </ul>
        </nav>
      )}
      {coming.length > 0 && (
        <section>
          <h2 className="mb-2">{t('coming')}</h2>
          <SessionLines sessions={coming} now={now} withTitle />
        </section>
      )}
      {meets && coming.length === 0 && (
        <p className="text-slate-600">
          {t('comingNone')}{' '}
          {roles.has('secretary') && (
            <Link href="/boards" className="link">
              {t('toBoards')}
            </Link>
          )}
        </p>
      )}
      {roles.has('referrer') && (
        <section>
          <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
            <h2>{t('ownCases')}</h2>
            <div className="flex items-center gap-3">
              {own.length > OWN_CASES_SHOWN && (
                <Link href="/cases" className="link">
                  {t('allCases', { count: own.length })}
                </Link>
              )}
              <Link href="/cases/new" className={buttonClass()}>
                {t('newCase')}
              </Link>
            </div>
          </div>
          {own.length > 0 ? (
            <OwnCases cases={own.slice(0, OWN_CASES_SHOWN)} />
          ) : (
            <EmptyState title={t('ownNone')}>{t('ownNoneHint')}</EmptyState>
          )}
        </section>
      )}
    </div>
  );
}

function AdminCard({ href, title, words }: { href: string; title: string; words: string }) {
  return (
    <li>
      <Link href={href} className="card block h-full p-4 hover:border-teal-700">
        <span className="font-medium text-teal-900">{title}</span>
        <span className="mt-1 block text-sm text-slate-600">{words}</span>
      </Link>
    </li>
  );
}
