'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button.tsx';
import { Badge, PageHeader } from '@/components/ui/page.tsx';
import type { BoardView } from '@/lib/boards/schema.ts';
import { api } from '@/lib/http/api-client.ts';
import { BoardForm, toBoardBody, toDraft } from './board-form.tsx';
import { SessionForm, toSessionBody } from './session-form.tsx';

/** The head of a board's page: what it is, and for its editors the two forms that open in place. */
export function BoardHeader({ board }: { board: BoardView }) {
  const t = useTranslations('boards');
  const session = useTranslations('session');
  const router = useRouter();
  const [open, setOpen] = useState<'edit' | 'schedule'>();
  return (
    <>
      <PageHeader
        title={board.title}
        about={
          <span className="flex items-center gap-2">
            <Badge>{t(`type.${board.type}`)}</Badge> {board.centreCode}
          </span>
        }
        actions={
          board.may.edit && (
            <>
              <Button aria-expanded={open === 'edit'} onClick={() => setOpen('edit')}>
                {t('edit')}
              </Button>
              <Button look="primary" aria-expanded={open === 'schedule'} onClick={() => setOpen('schedule')}>
                {session('schedule')}
              </Button>
            </>
          )
        }
      />
      {/* While one is open the other stays mounted: changing from one to the other loses nothing typed. */}
      {board.may.edit && (
        <div className="mb-6 empty:hidden">
          <div hidden={open !== 'schedule'}>
            {open !== undefined && (
              <SessionForm
                label={session('schedule')}
                version={0}
                initial={{
                  date: '',
                  time: '',
                  timeZone: board.timeZone,
                  durationMinutes: '60',
                  place: '',
                  meetingUrl: '',
                  chairId: '',
                }}
                save={async (draft) => {
                  const body = toSessionBody(draft);
                  const { id } = await api<{ id: string }>('POST', `/api/boards/${board.id}/sessions`, body);
                  router.push(`/sessions/${id}`);
                }}
                onCancel={() => setOpen(undefined)}
              />
            )}
          </div>
          <div hidden={open !== 'edit'}>
            {open !== undefined && (
              <BoardForm
                label={t('edit')}
                initial={toDraft(board)}
                version={board.version}
                save={async (draft, version) => {
                  const { centreId: _, ...fields } = toBoardBody(draft);
                  await api('PATCH', `/api/boards/${board.id}`, { ...fields, version });
                  toast.success(t('saved'));
                  setOpen(undefined);
                  router.refresh();
                }}
                onCancel={() => setOpen(undefined)}
              />
            )}
          </div>
        </div>
      )}
    </>
  );
}
