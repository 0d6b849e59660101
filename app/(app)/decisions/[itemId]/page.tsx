import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { DecisionPanel } from '@/components/decisions/decision-panel.tsx';
import { Polls } from '@/components/polls/polls.tsx';
import { Card, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readDecision } from '@/lib/decisions/decide.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';

type Props = { params: Promise<{ itemId: string }> };

const load = cache(async (params: Props['params']) => {
  const { itemId } = await pageIds(params);
  return orNotFound(readDecision(await requireActor(`/decisions/${itemId}`), itemId));
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('record'))('title') };
}

export default async function DecisionPage({ params }: Props) {
  const [view, t, format] = await Promise.all([load(params), getTranslations('record'), getFormatter()]);
  const { patient, board, session } = view.context;
  const day = (iso: string, timeZone: string) =>
    format.dateTime(new Date(iso), { dateStyle: 'long', timeZone });
  const meeting = `${board.title}, ${day(session.startsAt, session.timeZone)}`;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={`${patient.familyName} ${patient.givenName}`}
        about={
          <>
            {patient.birthDate && <p>{t('born', { date: day(patient.birthDate, 'UTC') })}</p>}
            <p>
              {view.may.openSession ? (
                <Link className="link" href={`/sessions/${session.id}`}>
                  {meeting}
                </Link>
              ) : (
                meeting
              )}
              {' · '}
              <Link className="link" href={`/cases/${view.caseId}`}>
                {view.context.case.reason}
              </Link>
            </p>
          </>
        }
      />
      <Card title={t('title')}>
        <DecisionPanel itemId={view.agendaItemId} initial={view} />
        <Polls itemId={view.agendaItemId} />
      </Card>
    </div>
  );
}
