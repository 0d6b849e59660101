'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useEffect } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';

/** A form with its problem on top, its buttons below, and the focus on the first wrong field. */
export function FormFrame(props: {
  label: string;
  problem: string | undefined;
  conflict?: ReactNode;
  busy: boolean;
  submitLabel: string;
  onSubmit: (form: HTMLFormElement) => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  const shell = useTranslations('shell');
  const { form, toFirstWrong } = useFirstWrong();
  // Whoever opened the form goes on in it.
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), [form]);
  // What the server finds comes later.
  useEffect(() => {
    if (props.problem) toFirstWrong();
  }, [props.problem, toFirstWrong]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSubmit(event.currentTarget);
    toFirstWrong();
  };
  return (
    // The sentences about wrong fields are ours, in the user's language: the browser's own stay off.
    <form ref={form} noValidate aria-label={props.label} className="card space-y-4 p-4" onSubmit={submit}>
      {props.problem && <Notice tone="bad">{props.problem}</Notice>}
      {props.conflict}
      {props.children}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" disabled={props.busy}>
          {props.submitLabel}
        </Button>
        <Button onClick={props.onCancel}>{shell('cancel')}</Button>
      </div>
    </form>
  );
}
