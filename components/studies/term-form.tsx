'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { showProblem } from '@/components/ui/problem.ts';

type Props = {
  label: string;
  hint: string;
  /** What is said when it is stored. */
  done: string;
  /** As it is stored; '' for none. */
  stored: string;
  most: number;
  required?: boolean;
  save: (term: string) => Promise<unknown>;
};

/** For how long a centre keeps something: a number of years or days. */
export function TermForm({ label, hint, done, stored, most, required = false, save }: Props) {
  const shell = useTranslations('shell');
  const router = useRouter();
  const say = useProblem();
  const [term, setTerm] = useState(stored);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await save(term);
      toast.success(done);
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field label={label} hint={hint}>
        {(control) => (
          <div className="flex items-center gap-2">
            <input
              {...control}
              type="number"
              min={1}
              max={most}
              required={required}
              className="field w-28"
              value={term}
              onChange={(event) => setTerm(event.target.value)}
            />
            <Button type="submit" disabled={busy || term === stored}>
              {shell('save')}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}
