import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { NewBoard } from '@/components/boards/new-board.tsx';
import { PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { listBoardCentres } from '@/lib/boards/list-board-centres.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('boards'))('new') };
}

export default async function NewBoardPage() {
  const centres = await listBoardCentres(await requireActor('/boards/new'));
  if (centres.length === 0) notFound();
  const t = await getTranslations('boards');
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('new')} />
      <NewBoard centres={centres} />
    </div>
  );
}
