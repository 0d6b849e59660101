import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { NewCase } from '@/components/cases/new-case.tsx';
import { EmptyState, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { centresWhere } from '@/lib/people/list-centres.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cases'))('new') };
}

export default async function NewCasePage(props: {
  searchParams: Promise<{ sessionId?: string | string[] }>;
}) {
  const actor = await requireActor('/cases/new');
  const sessionId = z.uuid().safeParse((await props.searchParams).sessionId).data;
  const [t, centres] = await Promise.all([getTranslations('cases'), centresWhere(actor, 'case.create')]);
  return (
    <>
      <PageHeader title={t('new')} about={sessionId && t('newForSession')} />
      {centres.length > 0 ? (
        <NewCase personId={actor.personId} centres={centres} sessionId={sessionId} />
      ) : (
        <EmptyState title={t('mayNotCreate')} />
      )}
    </>
  );
}
