'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Card } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { ListenerView } from '@/lib/network/schema.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';

/** What DICOM systems get that no node describes: one rule for the server. */
export function UnknownCallers(props: { listener: ListenerView; administered: CentreSummary[] }) {
  const t = useTranslations('network');
  const router = useRouter();
  const say = useProblem();
  const { listener, administered } = props;
  const [chosen, setChosen] = useState(listener.centreId ?? '');
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const unknownCallers = chosen === '' ? 'refuse' : 'quarantine';
      await api('PUT', '/api/network/listener', { unknownCallers, centreId: chosen || null });
      toast.success(t('callersSaved'));
      router.refresh();
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(false);
    }
  };
  const choice = (value: string, label: string) => (
    <label key={value} className="flex min-h-6 items-center gap-2 py-0.5">
      <input
        type="radio"
        className="size-4 accent-teal-800"
        name="unknown-callers"
        checked={chosen === value}
        onChange={() => setChosen(value)}
      />
      {label}
    </label>
  );
  return (
    <Card title={t('unknownCallers')}>
      {listener.mayEdit ? (
        <form onSubmit={save} className="space-y-3">
          <fieldset>
            <legend className="mb-1 text-sm text-slate-600">{t('unknownHint')}</legend>
            {choice('', t('refuse'))}
            {administered.map(({ id, name }) => choice(id, `${t('quarantine')} ${name}`))}
          </fieldset>
          <Button type="submit" disabled={busy || chosen === (listener.centreId ?? '')}>
            {t('save')}
          </Button>
        </form>
      ) : (
        <p className="text-slate-700">{t('keptElsewhere', { centre: listener.centreName })}</p>
      )}
    </Card>
  );
}
