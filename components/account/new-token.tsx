'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';
import { api } from '@/lib/http/api-client.ts';
import { createTokenSchema } from '@/lib/people/schema.ts';

/** Makes a token and shows it, once. */
export function NewToken() {
  const t = useTranslations('account');
  const router = useRouter();
  const say = useProblem();
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('90');
  const [wrongDays, setWrongDays] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { form, toFirstWrong } = useFirstWrong();
  const [made, setMade] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const parsed = createTokenSchema.safeParse({ label, days: days === '' ? null : Number(days) });
    setWrongDays(!parsed.success);
    if (!parsed.success) return toFirstWrong();
    setBusy(true);
    try {
      const { token } = await api<{ token: string }>('POST', '/api/tokens', parsed.data);
      setMade(token);
      setLabel('');
    } catch (error) {
      setProblem(say(error));
    } finally {
      setBusy(false);
    }
  };

  // The list is fetched anew only when the token was put away: nothing must take it from the screen before.
  const putAway = () => {
    setMade(undefined);
    router.refresh();
  };

  if (made !== undefined) return <MadeToken token={made} onDone={putAway} />;
  return (
    <form ref={form} onSubmit={submit} noValidate className="space-y-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
        <Field label={t('tokenLabel')}>
          {(control) => (
            <input
              {...control}
              className="field"
              maxLength={100}
              autoComplete="off"
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('tokenDays')} error={wrongDays ? t('wrongDays') : undefined}>
          {(control) => (
            <input
              {...control}
              className="field"
              inputMode="numeric"
              autoComplete="off"
              value={days}
              onChange={(event) => setDays(event.target.value.trim())}
            />
          )}
        </Field>
      </div>
      <Button type="submit" disabled={busy}>
        {t('createToken')}
      </Button>
    </form>
  );
}

function MadeToken({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useTranslations('account');
  const shell = useTranslations('shell');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(token);
      toast.success(t('copied'));
    } catch {
      // No clipboard without https or without leave: the token stands there, selected by one click.
      showProblem(t('copyByHand'));
    }
  };
  return (
    <div className="space-y-3">
      <Notice tone="warn">{t('tokenOnce')}</Notice>
      <code className="block rounded-md bg-slate-100 p-2 text-sm break-all select-all">{token}</code>
      <div className="flex gap-2">
        <Button look="primary" onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <Button onClick={onDone}>{shell('close')}</Button>
      </div>
    </div>
  );
}
