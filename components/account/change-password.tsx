'use client';

import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Card, Notice } from '@/components/ui/page.tsx';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';
import { ApiError, api } from '@/lib/http/api-client.ts';
import { passwordSchema } from '@/lib/people/schema.ts';

/** Changing one's password ends every login, this one too: it says so, then leads to sign in. */
export function ChangePassword({ email }: { email: string }) {
  const t = useTranslations('account');
  const say = useProblem();
  const [form, setForm] = useState({ current: '', next: '' });
  const [wrong, setWrong] = useState<{ current?: string; next?: string }>({});
  const [problem, setProblem] = useState<string>();
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open');
  const { form: formElement, toFirstWrong } = useFirstWrong();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const tooShort = passwordSchema.safeParse(form.next).success ? undefined : t('tooShort');
    setWrong({ next: tooShort });
    if (tooShort) return toFirstWrong();
    setState('busy');
    try {
      await api('POST', '/api/account/password', form);
      setState('done');
    } catch (error) {
      setState('open');
      if (error instanceof ApiError && error.code === 'invalid_credentials') {
        setWrong({ current: t('wrongCurrent') });
        toFirstWrong();
      } else setProblem(say(error));
    }
  };

  if (state === 'done')
    return (
      <Card title={t('password')}>
        <Notice tone="good">{t('changed')}</Notice>
        <Button look="primary" className="mt-3" onClick={() => void signOut({ callbackUrl: '/sign-in' })}>
          {t('signInAgain')}
        </Button>
      </Card>
    );
  return (
    <Card title={t('password')}>
      <form ref={formElement} onSubmit={submit} noValidate className="space-y-3">
        <p className="text-slate-600">{t('passwordHint')}</p>
        {problem && <Notice tone="bad">{problem}</Notice>}
        {/* Password managers file the new password under this name. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {(['current', 'next'] as const).map((name) => (
          <Field key={name} label={t(name)} error={wrong[name]}>
            {(control) => (
              <input
                {...control}
                className="field"
                type="password"
                autoComplete={name === 'current' ? 'current-password' : 'new-password'}
                maxLength={200}
                value={form[name]}
                onChange={(event) => setForm((now) => ({ ...now, [name]: event.target.value }))}
              />
            )}
          </Field>
        ))}
        <Button type="submit" disabled={state === 'busy' || form.current === '' || form.next === ''}>
          {t('password')}
        </Button>
      </form>
    </Card>
  );
}
