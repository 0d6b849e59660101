import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { BoardList } from '@/components/boards/board-list.tsx';
import { buttonClass } from '@/components/ui/button.tsx';
import { EmptyState, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { listBoardCentres } from '@/lib/boards/list-board-centres.server.ts';
import { listBoards } from '@/lib/boards/list-boards.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('boards'))('title') };
}

export default async function BoardsPage() {
  const actor = await requireActor('/boards');
  const [t, boards, centres] = await Promise.all([
    getTranslations('boards'),
    listBoards(actor),
    listBoardCentres(actor),
  ]);
  const create = centres.length > 0 && (
    <Link href="/boards/new" className={buttonClass('primary')}>
      {t('new')}
    </Link>
  );
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={boards.length > 0 && create} />
      {boards.length > 0 ? (
        <BoardList boards={boards} />
      ) : (
        <EmptyState title={t('none')}>
          <p className="mb-3">{create ? t('noneCreate') : t('noneOther')}</p>
          {create}
        </EmptyState>
      )}
    </>
  );
}
