'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog } from '@/components/ui/confirm-dialog.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { StudyDetail } from '@/lib/store/schema.ts';

type Attached = StudyDetail['cases'][number];

/** The cases that show a study. Whoever decides who sees it takes it off any of them, another centre's too. */
export function StudyCases({ study }: { study: StudyDetail }) {
  const t = useTranslations('studies');
  const cases = useTranslations('cases');
  const router = useRouter();
  const say = useProblem();
  const [doubtful, setDoubtful] = useState<Attached>();
  const name = (one: Attached) => one.reason ?? t('caseOf', { centre: one.centreCode });

  const answer = async (yes: boolean) => {
    const one = doubtful;
    setDoubtful(undefined);
    if (!yes || !one) return;
    try {
      await api('DELETE', `/api/cases/${one.id}/studies/${study.id}`);
      toast.success(cases('detached'));
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    }
  };

  if (study.cases.length === 0) return <p className="text-slate-600">{t('inNoCase')}</p>;
  return (
    <>
      <ul className="space-y-1">
        {study.cases.map((one) => (
          <li key={one.id} className="flex items-center justify-between gap-2">
            {one.reason === null ? (
              <span className="min-w-0 break-words">{name(one)}</span>
            ) : (
              <Link href={`/cases/${one.id}`} className="link min-w-0 break-words">
                {name(one)}
              </Link>
            )}
            {study.may.share && (
              <Button
                look="quiet"
                aria-label={t('detachFrom', { case: name(one) })}
                onClick={() => setDoubtful(one)}
              >
                {cases('detach')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {/* Asked before, instead of an undo: those who may not edit the case cannot attach it again. */}
      <ConfirmDialog
        open={doubtful !== undefined}
        title={t('detachTitle')}
        confirm={cases('detach')}
        cancel={t('detachCancel')}
        onAnswer={(yes) => void answer(yes)}
      >
        {t('detachBody')}
      </ConfirmDialog>
    </>
  );
}
