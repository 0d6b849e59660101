'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { showProblem } from '@/components/ui/problem.ts';
import { useProblem } from './use-problem.ts';

/**
 * For a button in a list that does one thing to one row: which row is busy, what was done or went wrong said in a
 * notice, and the page brought up to date.
 */
export function useAction(): {
  busy: string | undefined;
  run: (id: string, action: () => Promise<unknown>, done: string) => Promise<void>;
} {
  const router = useRouter();
  const say = useProblem();
  const [busy, setBusy] = useState<string>();
  const run = async (id: string, action: () => Promise<unknown>, done: string) => {
    setBusy(id);
    try {
      await action();
      toast.success(done);
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(undefined);
    }
  };
  return { busy, run };
}
