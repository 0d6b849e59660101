'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { RetentionRow } from '@/lib/store/corrections/schema.ts';

/** For how many years a centre keeps what came, whoever deletes it. */
export function RetentionForm({ centre }: { centre: RetentionRow }) {
  const t = useTranslations('corrections');
  const shell = useTranslations('shell');
  const router = useRouter();
  const say = useProblem();
  const saved = centre.retentionYears === null ? '' : String(centre.retentionYears);
  const [years, setYears] = useState(saved);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const retentionYears = years === '' ? null : Number(years);
      await api('PATCH', `/api/centres/${centre.id}`, { retentionYears });
      toast.success(t('retentionSaved'));
      router.refresh();
    } catch (error) {
      toast.error(say(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-wrap items-start gap-2">
      <Field label={t('retention', { centre: centre.code })} hint={t('retentionHint')}>
        {(control) => (
          <input
            {...control}
            type="number"
            min={1}
            max={100}
            className="field w-28"
            value={years}
            onChange={(event) => setYears(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="mt-6" disabled={busy || years === saved}>
        {shell('save')}
      </Button>
    </form>
  );
}
