'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Notice, PageHeader } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { toLocal } from '@/lib/boards/rules.ts';
import type { SessionView } from '@/lib/boards/schema.ts';
import { api } from '@/lib/http/api-client.ts';
import { JoinLink, PhoneLink, ReplayLink } from './join-link.tsx';
import { SessionFacts } from './session-facts.tsx';
import { SessionForm, toSessionBody, toSessionDraft } from './session-form.tsx';
import { SessionState } from './session-state.tsx';
import { ClockTime, LongDate, ZoneName } from './session-time.tsx';
import { useUndoToast } from './use-undo-toast.ts';

/** The head of a session's page: when and where, the way into the room, and for its editors moving and cancelling. */
export function SessionHeader({ session, now }: { session: SessionView; now: number }) {
  const t = useTranslations('session');
  const undoable = useUndoToast();
  const say = useProblem();
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);

  const setCancelled = async (cancelled: boolean) => {
    setBusy(true);
    try {
      await api('PUT', `/api/sessions/${session.id}`, { cancelled });
      if (cancelled) undoable('cancelled', t('cancelDone'), () => void setCancelled(false));
      else toast.success(t('restoreDone'), { id: 'cancelled' });
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <PageHeader
        title={session.boardTitle}
        about={
          <div className="space-y-1">
            <p className="flex flex-wrap items-baseline gap-x-2 text-base text-slate-900">
              <span className="font-medium first-letter:uppercase">
                <LongDate {...session} />, <ClockTime {...session} />
              </span>
              <span className="text-sm text-slate-600">
                <ZoneName {...session} />
              </span>
              <SessionState session={session} now={now} />
            </p>
            <SessionFacts session={session} />
            <p>
              <Link href={`/boards/${session.boardId}`} className="link text-sm">
                {t('toBoard')}
              </Link>
            </p>
          </div>
        }
        actions={
          <>
            {session.may.edit && (
              <Button aria-expanded={editing} onClick={() => setEditing(true)}>
                {t('edit')}
              </Button>
            )}
            {session.may.edit && !session.cancelled && (
              <Button disabled={busy} onClick={() => void setCancelled(true)}>
                {t('cancel')}
              </Button>
            )}
            {session.currentItemId !== null && <ReplayLink sessionId={session.id} />}
            {!session.cancelled && <PhoneLink sessionId={session.id} />}
            {!session.cancelled && <JoinLink sessionId={session.id} />}
          </>
        }
      />
      {session.cancelled && (
        <div className="mb-4">
          <Notice tone="warn">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span>{t('cancelledNotice')}</span>
              {session.may.edit && (
                <Button disabled={busy} onClick={() => void setCancelled(false)}>
                  {t('restore')}
                </Button>
              )}
            </div>
          </Notice>
        </div>
      )}
      {editing && (
        <div className="mb-6">
          <SessionForm
            label={t('edit')}
            version={session.version}
            chairs={session.participants}
            initial={toSessionDraft({
              ...toLocal(session.startsAt, session.timeZone),
              timeZone: session.timeZone,
              durationMinutes: session.durationMinutes,
              place: session.place,
              meetingUrl: session.meetingUrl,
              chairId: session.chairId,
              version: session.version,
            })}
            save={async (draft, version) => {
              await api('PATCH', `/api/sessions/${session.id}`, { ...toSessionBody(draft), version });
              toast.success(t('saved'));
              setEditing(false);
              router.refresh();
            }}
            onCancel={() => setEditing(false)}
          />
        </div>
      )}
    </>
  );
}
