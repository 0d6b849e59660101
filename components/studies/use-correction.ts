'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useUndoToast } from '@/components/boards/use-undo-toast.ts';
import { useProblem } from '@/components/shell/use-problem.ts';
import { useReason } from '@/components/shell/use-reason.ts';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { CorrectionView } from '@/lib/store/corrections/schema.ts';

const ASK_EVERY_MS = 700;

/**
 * Follows a correction while it is worked on. Done, it says so with the way back, and shows the new study; `follow`
 * begins with one that was asked for just now.
 */
export function useCorrection(running: string | null) {
  const t = useTranslations('corrections');
  const router = useRouter();
  const say = useProblem();
  const reason = useReason();
  const undoable = useUndoToast();
  const [id, follow] = useState(running);
  const [view, setView] = useState<CorrectionView>();

  const undo = async (correctionId: string) => {
    try {
      await api('POST', `/api/corrections/${correctionId}/undo`);
      toast.success(t('undone'));
      router.push('/studies');
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    }
  };
  const settle = (done: CorrectionView) => {
    follow(null);
    if (done.state === 'failed') {
      showProblem(t('failed', { reason: reason(done.failure ?? 'internal') }));
      return;
    }
    const left = done.casesLeft > 0 ? ` ${t('casesLeft', { count: done.casesLeft })}` : '';
    undoable(`correction-${done.id}`, `${t(`done.${done.kind}`)}${left}`, () => void undo(done.id));
    if (done.newStudyId) router.push(`/studies/${done.newStudyId}`);
    router.refresh();
  };
  const settled = useRef(settle);
  useEffect(() => {
    settled.current = settle;
  });

  useEffect(() => {
    if (!id) return;
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const ask = async () => {
      // Where the network is away, it may be back at the next question.
      const now = await api<CorrectionView>('GET', `/api/corrections/${id}`).catch(() => undefined);
      if (gone) return;
      setView(now);
      if (now && now.state !== 'running') settled.current(now);
      else timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [id]);

  return { follow, undo, progress: id ? { written: view?.written ?? 0, total: view?.total ?? 0 } : null };
}
