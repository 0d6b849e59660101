'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { showProblem } from '@/components/ui/problem.ts';
import { ApiError, api } from '@/lib/http/api-client.ts';
import type { StudySummary } from '@/lib/store/schema.ts';

/** A study whose patient does not seem to be the case's, with the fields that differ: `name`, `birthDate`, `sex`. */
export type Doubtful = { caseId: string; study: StudySummary; differs: string[] };

/** Attaches studies to a case; those of another patient wait in `doubtful` until somebody says yes or no. */
export function useAttach() {
  const t = useTranslations('cases');
  const router = useRouter();
  const say = useProblem();
  const [doubtful, setDoubtful] = useState<Doubtful[]>([]);

  const attachOne = async (caseId: string, study: StudySummary, confirmMismatch: boolean) => {
    try {
      await api('POST', `/api/cases/${caseId}/studies`, { studyId: study.id, confirmMismatch });
      toast.success(t('attached', { study: study.description || study.modalities.join(', ') }));
      router.refresh();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'patient_mismatch') {
        const differs = (error.problem.errors ?? []).map(({ path }) => path);
        setDoubtful((waiting) => [...waiting, { caseId, study, differs }]);
      } else showProblem(say(error));
    }
  };
  const attach = async (caseId: string, studies: readonly StudySummary[]) => {
    for (const study of studies) await attachOne(caseId, study, false);
  };
  const answer = async (yes: boolean) => {
    const [first, ...others] = doubtful;
    setDoubtful(others);
    if (first && yes) await attachOne(first.caseId, first.study, true);
  };
  return { attach, doubtful: doubtful[0], answer };
}
