import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Sharing } from '@/components/cases/sharing.tsx';
import { SendStudy } from '@/components/network/send-study.tsx';
import { AttachToCase } from '@/components/studies/attach-to-case.tsx';
import { ExportStudy } from '@/components/studies/export-study.tsx';
import { StudyActions } from '@/components/studies/study-actions.tsx';
import { StudyCases } from '@/components/studies/study-cases.tsx';
import { SeriesList, StudyFacts } from '@/components/studies/study-detail.tsx';
import { buttonClass } from '@/components/ui/button.tsx';
import { Card, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';
import { centresWhere, listCentres } from '@/lib/people/list-centres.server.ts';
import { readStudy } from '@/lib/store/read-study.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studies'))('study') };
}

export default async function StudyPage(props: { params: Promise<{ studyId: string }> }) {
  const { studyId } = await pageIds(props.params);
  const actor = await requireActor(`/studies/${studyId}`);
  const study = await orNotFound(readStudy(actor, studyId));
  const [t, centres, senders] = await Promise.all([
    getTranslations('studies'),
    listCentres(actor),
    centresWhere(actor, 'centre.query-nodes'),
  ]);
  return (
    <>
      <PageHeader
        title={study.description || t('noDescription')}
        about={<StudyFacts study={study} />}
        actions={
          <>
            {study.may.export && <ExportStudy study={study} />}
            {study.may.attach && <AttachToCase study={study} />}
            {senders.some(({ id }) => id === study.centreId) && <SendStudy study={study} />}
            <Link href={`/studies/${study.id}/view`} className={buttonClass('primary')}>
              {t('openImages')}
            </Link>
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <Card title={t('series')} className="lg:col-span-2">
          <SeriesList series={study.series} />
        </Card>
        <div className="space-y-4">
          <Card title={t('cases')}>
            <StudyCases study={study} />
          </Card>
          <Card title={t('sharing')}>
            <Sharing
              url={`/api/studies/${study.id}/shares`}
              shares={study.shares}
              centres={centres}
              may={study.may.share}
              hint={t('notShared')}
            />
          </Card>
          <StudyActions study={study} />
        </div>
      </div>
    </>
  );
}
