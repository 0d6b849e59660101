'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useUndoToast } from '@/components/boards/use-undo-toast.ts';
import { useProblem } from '@/components/shell/use-problem.ts';
import { useReason } from '@/components/shell/use-reason.ts';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { QuarantineDecision } from '@/lib/store/schema.ts';

export type Decision = Exclude<QuarantineDecision, 'reopen'>;

/** What can be decided on an object, by why it was kept aside. */
export const decisionsFor = (reason: string): readonly Decision[] =>
  reason === 'dicom_same_uid_other_bytes'
    ? ['keep_stored', 'take_new', 'discard']
    : ['accept', 'keep_stored', 'discard'];

type Answer = { decided: number; failed: { id: string; code: string }[] };

/** Sends decisions, says what came of them, and offers the way back where there is one. */
export function useQuarantine() {
  const t = useTranslations('quarantine');
  const router = useRouter();
  const say = useProblem();
  const reason = useReason();
  const undoable = useUndoToast();
  const [busy, setBusy] = useState(false);

  const send = async (ids: string[], decision: QuarantineDecision): Promise<Answer | undefined> => {
    setBusy(true);
    try {
      const answer = await api<Answer>('POST', '/api/quarantine', { ids, decision });
      const [first] = answer.failed;
      if (first) showProblem(t('someFailed', { count: answer.failed.length, reason: reason(first.code) }));
      router.refresh();
      return answer;
    } catch (error) {
      showProblem(say(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const decide = async (ids: string[], decision: Decision) => {
    const answer = await send(ids, decision);
    if (!answer || answer.decided === 0) return;
    const sentence = t(`decided.${decision}`, { count: answer.decided });
    const done = ids.filter((id) => !answer.failed.some((one) => one.id === id));
    if (decision === 'accept') toast.success(sentence);
    else undoable(`quarantine-${ids[0]}`, sentence, () => void send(done, 'reopen'));
  };
  const reopen = async (id: string) => {
    if (((await send([id], 'reopen'))?.decided ?? 0) > 0) toast.success(t('reopened'));
  };
  return { decide, reopen, busy };
}
