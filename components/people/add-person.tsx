'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';
import { ApiError, api } from '@/lib/http/api-client.ts';
import {
  addPersonSchema,
  type CentreSummary,
  roles,
  type Specialty,
  specialised,
} from '@/lib/people/schema.ts';
import { SpecialtySelect } from './specialty-select.tsx';

/** The form that adds somebody to a centre. What is typed stays through every refusal. */
export function AddPerson(props: { centres: CentreSummary[]; onDone: () => void }) {
  const t = useTranslations('people');
  const words = useTranslations();
  const router = useRouter();
  const say = useProblem();
  const [form, setForm] = useState({
    centreId: props.centres[0]?.id ?? '',
    displayName: '',
    email: '',
    role: 'clinician',
    specialty: '' as Specialty | '',
    password: '',
  });
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { form: formElement, toFirstWrong } = useFirstWrong();
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const input = (name: 'displayName' | 'email' | 'password') => ({
    className: 'field',
    value: form[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const specialty = specialised.includes(form.role) && form.specialty ? form.specialty : null;
    const parsed = addPersonSchema.safeParse({ ...form, email: form.email.trim(), specialty });
    setWrong(new Set(parsed.error?.issues.map((issue) => String(issue.path[0]))));
    if (!parsed.success) return toFirstWrong();
    setBusy(true);
    try {
      await api('POST', '/api/people', parsed.data);
      toast.success(t('added', { name: parsed.data.displayName }));
      router.refresh();
      props.onDone();
    } catch (error) {
      const has = error instanceof ApiError && error.code === 'already_exists';
      setProblem(has ? t('alreadyMember') : say(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form ref={formElement} onSubmit={submit} noValidate className="space-y-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Field label={t('name')} required error={wrong.has('displayName') ? t('wrongName') : undefined}>
        {(control) => <input {...control} {...input('displayName')} autoComplete="off" maxLength={200} />}
      </Field>
      <Field label={t('email')} required error={wrong.has('email') ? t('wrongEmail') : undefined}>
        {(control) => (
          <input {...control} {...input('email')} type="email" autoComplete="off" maxLength={200} />
        )}
      </Field>
      {props.centres.length > 1 && (
        <SelectField
          label={t('centre')}
          value={form.centreId}
          options={props.centres}
          onChange={(centreId) => set({ centreId })}
        />
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('role')}>
          {(control) => (
            <select
              {...control}
              className="field"
              value={form.role}
              onChange={(event) => set({ role: event.target.value })}
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {words(`role.${role}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {specialised.includes(form.role) && (
          <SpecialtySelect value={form.specialty} onChange={(specialty) => set({ specialty })} />
        )}
      </div>
      <Field
        label={t('initialPassword')}
        required
        hint={t('passwordHint')}
        error={wrong.has('password') ? t('wrongPassword') : undefined}
      >
        {(control) => (
          <input {...control} {...input('password')} type="password" autoComplete="new-password" />
        )}
      </Field>
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={props.onDone}>{words('shell.cancel')}</Button>
        <Button type="submit" look="primary" disabled={busy}>
          {t('add')}
        </Button>
      </div>
    </form>
  );
}
