'use client';

import { getCsrfToken } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Notice } from '@/components/ui/page.tsx';

/** E-mail and password, through next-auth's own endpoints. Says what went wrong; keeps the e-mail. */
export function SignInForm(props: {
  email?: string;
  demo?: { email: string; about: string }[];
  onSignedIn: () => void;
}) {
  const t = useTranslations('signIn');
  const errors = useTranslations('errors');
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const failure = await signIn(email, password);
      if (failure === undefined) return props.onSignedIn();
      const [code, seconds] = failure.split(':');
      if (code === 'too_many_attempts')
        setProblem(errors('too_many_attempts', { seconds: Number(seconds ?? 60) }));
      else setProblem(code === 'invalid_credentials' ? errors('invalid_credentials') : errors('internal'));
    } catch {
      setProblem(errors('network'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} className="space-y-4">
      <Field label={t('email')}>
        {(control) => (
          <input
            {...control}
            className="field"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('password')}>
        {(control) => (
          <input
            {...control}
            className="field"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Button type="submit" look="primary" className="w-full" disabled={busy}>
        {t('submit')}
      </Button>
      {props.demo && (
        <fieldset className="border-t border-slate-200 pt-3">
          <legend className="pr-2 text-sm font-medium">{t('demo')}</legend>
          <p className="mb-2 text-xs text-slate-600">{t('demoHint')}</p>
          <ul className="grid gap-1 sm:grid-cols-2">
            {props.demo.map((account) => (
              <li key={account.email}>
                <button
                  type="button"
                  className="w-full cursor-pointer rounded-md border border-slate-200 px-2 py-1 text-left hover:bg-slate-100"
                  onClick={() => {
                    setEmail(account.email);
                    setPassword('consilium');
                  }}
                >
                  <span className="block truncate text-sm">{account.email}</span>
                  <span className="block truncate text-xs text-slate-600">{account.about}</span>
                </button>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
    </form>
  );
}

/** Undefined when signed in; else the code that the server gave. */
async function signIn(email: string, password: string): Promise<string | undefined> {
  const csrfToken = (await getCsrfToken()) ?? '';
  const response = await fetch('/api/auth/callback/credentials', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      csrfToken,
      email,
      password,
      json: 'true',
      callbackUrl: window.location.origin,
    }),
  });
  const answer = (await response.json()) as { url?: string };
  const error = answer.url
    ? new URL(answer.url, window.location.origin).searchParams.get('error')
    : 'internal';
  return response.ok && !error ? undefined : (error ?? 'internal');
}
