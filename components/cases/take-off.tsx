'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog } from '@/components/ui/confirm-dialog.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import type { CaseView } from '@/lib/cases/schema.ts';
import { api } from '@/lib/http/api-client.ts';

/** Takes a case off a session's agenda, whoever hosts that: for those who decide with whom the case is shared. */
export function TakeOff({ item }: { item: CaseView['agenda'][number] }) {
  const t = useTranslations('cases');
  const router = useRouter();
  const say = useProblem();
  const [open, setOpen] = useState(false);
  const answer = async (yes: boolean) => {
    setOpen(false);
    if (!yes) return;
    try {
      await api('PATCH', `/api/sessions/${item.sessionId}/agenda/${item.itemId}`, { removed: true });
      toast.success(t('takenOff'));
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    }
  };
  return (
    <>
      <Button
        look="quiet"
        aria-label={t('takeOffOne', { session: item.boardTitle })}
        onClick={() => setOpen(true)}
      >
        {t('takeOff')}
      </Button>
      {/* Asked before, instead of an undo: only the session's editors put it there again. */}
      <ConfirmDialog
        open={open}
        title={t('takeOffTitle')}
        confirm={t('takeOff')}
        cancel={t('takeOffCancel')}
        onAnswer={(yes) => void answer(yes)}
      >
        {t('takeOffBody')}
      </ConfirmDialog>
    </>
  );
}
