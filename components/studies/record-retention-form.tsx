'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { RecordRetention } from '@/lib/live/record/schema.ts';

/** For how many days a centre keeps the record of its live sessions. */
export function RecordRetentionForm({ centre }: { centre: RecordRetention }) {
  const t = useTranslations('replay');
  const shell = useTranslations('shell');
  const router = useRouter();
  const say = useProblem();
  const [days, setDays] = useState(String(centre.days));
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await api('PUT', `/api/centres/${centre.id}/record-retention`, { days: Number(days) });
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
            max={3650}
            required
            className="field w-28"
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="mt-6" disabled={busy || days === String(centre.days)}>
        {shell('save')}
      </Button>
    </form>
  );
}
