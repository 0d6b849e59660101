import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CorrectionList } from '@/components/studies/correction-list.tsx';
import { HiddenList } from '@/components/studies/hidden-list.tsx';
import { MergePatients } from '@/components/studies/merge-patients.tsx';
import { RecordRetentionForm } from '@/components/studies/record-retention-form.tsx';
import { RetentionForm } from '@/components/studies/retention-form.tsx';
import { Card, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound } from '@/lib/http/page.server.ts';
import { listRecordRetention } from '@/lib/live/record/retention.server.ts';
import { centresWhere } from '@/lib/people/list-centres.server.ts';
import { listHiddenStudies } from '@/lib/store/corrections/hidden-study.server.ts';
import { listCorrections } from '@/lib/store/corrections/read-correction.server.ts';
import { listRetention } from '@/lib/store/corrections/retention.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('corrections'))('page') };
}

/** What the lists do not show any more: corrections for who makes them, deleted studies for the administrator. */
export default async function HiddenStudiesPage() {
  const actor = await requireActor('/studies/hidden');
  const corrections = await orNotFound(listCorrections(actor));
  const t = await getTranslations('corrections');
  const merging = await centresWhere(actor, 'centre.correct');
  const administers = (await centresWhere(actor, 'centre.retention')).length > 0;
  const [deleted, retention, records] = administers
    ? await Promise.all([listHiddenStudies(actor), listRetention(actor), listRecordRetention(actor)])
    : [null, [], []];
  return (
    <>
      <PageHeader title={t('page')} about={t('pageAbout')} actions={<MergePatients centres={merging} />} />
      <div className="space-y-4">
        {deleted && (
          <Card title={t('deletedStudies')}>
            {deleted.length > 0 ? (
              <HiddenList studies={deleted} now={new Date().toISOString()} />
            ) : (
              <p className="text-slate-600">{t('noneDeleted')}</p>
            )}
          </Card>
        )}
        <Card title={t('corrections')}>
          {corrections.length > 0 ? (
            <CorrectionList corrections={corrections} />
          ) : (
            <p className="text-slate-600">{t('noCorrections')}</p>
          )}
        </Card>
        {retention.length > 0 && (
          <Card title={t('retentionTitle')}>
            <div className="space-y-3">
              {retention.map((centre) => (
                <RetentionForm key={centre.id} centre={centre} />
              ))}
              {records.map((centre) => (
                <RecordRetentionForm key={centre.id} centre={centre} />
              ))}
            </div>
          </Card>
        )}
      </div>
    </>
  );
}
