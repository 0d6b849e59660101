import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { QuarantineList } from '@/components/studies/quarantine-list.tsx';
import { EmptyState, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { orNotFound } from '@/lib/http/page.server.ts';
import { listQuarantine } from '@/lib/store/quarantine.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quarantine'))('title') };
}

export default async function QuarantinePage() {
  const actor = await requireActor('/quarantine');
  const objects = await orNotFound(listQuarantine(actor));
  const t = await getTranslations('quarantine');
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      {objects.length > 0 ? (
        <QuarantineList objects={objects} />
      ) : (
        <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
      )}
    </>
  );
}
