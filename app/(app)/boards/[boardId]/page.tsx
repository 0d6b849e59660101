import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { BoardHeader } from '@/components/boards/board-header.tsx';
import { MemberList } from '@/components/boards/member-list.tsx';
import { SessionLines } from '@/components/boards/session-list.tsx';
import { EmptyState } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readBoard } from '@/lib/boards/list-boards.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';

type Props = { params: Promise<{ boardId: string }> };

const load = cache(async (params: Props['params']) => {
  const { boardId } = await pageIds(params);
  return orNotFound(readBoard(await requireActor(`/boards/${boardId}`), boardId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).title };
}

export default async function BoardPage({ params }: Props) {
  const [board, t] = await Promise.all([load(params), getTranslations('boards')]);
  const now = Date.now();
  const coming = board.sessions.filter((session) => ends(session) >= now).reverse();
  const past = board.sessions.filter((session) => ends(session) < now);
  return (
    <>
      <BoardHeader board={board} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-6">
          <section>
            <h2 className="mb-2">{t('comingSessions')}</h2>
            {coming.length > 0 ? (
              <SessionLines sessions={coming} now={now} />
            ) : (
              <EmptyState title={t('noSession')}>
                {board.may.edit ? t('noSessionEdit') : t('noSessionOther')}
              </EmptyState>
            )}
          </section>
          {past.length > 0 && (
            <section>
              <h2 className="mb-2">{t('pastSessions')}</h2>
              <SessionLines sessions={past} now={now} />
            </section>
          )}
        </div>
        <MemberList board={board} />
      </div>
    </>
  );
}

const ends = (session: { startsAt: string; durationMinutes: number }) =>
  Date.parse(session.startsAt) + session.durationMinutes * 60_000;
