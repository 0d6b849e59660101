'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { DecisionDraft, DecisionField } from '@/lib/decisions/schema.ts';
import { AddBookmarkButton, Bookmarks } from './bookmarks.tsx';
import { ConflictNote } from './conflict-note.tsx';
import type { DecisionClient, DecisionState } from './decision-client.ts';

/** What a field of the record needs: the client that saves it and its present state. */
export type Draft = { client: DecisionClient; state: DecisionState; missing: readonly DecisionField[] };

type FieldOf<T> = { [F in DecisionField]: DecisionDraft[F] extends T ? F : never }[DecisionField];
type FieldProps<T> = { draft: Draft; field: FieldOf<T>; label: string; required?: boolean };

export const fieldId = (field: DecisionField): string => `decision-${field}`;

/** A label, its control, who writes in it and what stands against what is written here. */
export function FieldFrame(props: {
  draft: Draft;
  field: DecisionField;
  label: string;
  required?: boolean;
  group?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations('decision');
  const { draft, field } = props;
  const writer = draft.state.writers[field];
  const missing = draft.missing.includes(field);
  const label = (
    <>
      {props.label}
      {props.required && (
        <span aria-hidden="true" className="text-amber-800 dark:text-amber-300">
          {' '}
          *
        </span>
      )}
    </>
  );
  const rest = (
    <>
      {props.children}
      {missing && (
        <p id={`${fieldId(field)}-error`} className="text-sm text-red-800 dark:text-red-300">
          {t('required')}
        </p>
      )}
      <ConflictNote client={draft.client} state={draft.state} field={field} />
      {draft.state.view && (
        <Bookmarks
          caseId={draft.state.view.caseId}
          field={field}
          label={props.label}
          bookmarks={draft.state.view.bookmarks}
        />
      )}
      <AddBookmarkButton field={field} label={props.label} />
    </>
  );
  const writes = writer && (
    <span className="truncate text-xs text-teal-800 group-focus-within:pr-8 group-hover:pr-8 dark:text-teal-300">
      {t('writes', { name: writer })}
    </span>
  );
  if (props.group)
    return (
      <fieldset className="group relative space-y-1">
        <legend className="flex w-full items-baseline justify-between gap-2 text-sm font-medium">
          <span>{label}</span>
          {writes}
        </legend>
        {rest}
      </fieldset>
    );
  return (
    <div className="group relative space-y-1">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={fieldId(field)} className="text-sm font-medium">
          {label}
        </label>
        {writes}
      </div>
      {rest}
    </div>
  );
}

/** The attributes that every control of the record shares. */
function control({ draft, field, required }: { draft: Draft; field: DecisionField; required?: boolean }) {
  const missing = draft.missing.includes(field);
  return {
    id: fieldId(field),
    'aria-required': required || undefined,
    'aria-invalid': missing || undefined,
    'aria-describedby': missing ? `${fieldId(field)}-error` : undefined,
    onFocus: () => draft.client.hold(field),
    onBlur: () => draft.client.release(field),
  };
}

export function TextField(props: FieldProps<string> & { rows?: number }) {
  const { draft, field } = props;
  const value = (draft.state.form?.[field].value ?? '') as string;
  return (
    <FieldFrame {...props}>
      <textarea
        {...control(props)}
        className="field field-sizing-content max-h-72 resize-y leading-snug"
        rows={props.rows ?? 1}
        style={{ minHeight: `${(props.rows ?? 1) * 1.375 + 1}em` }}
        maxLength={20_000}
        value={value}
        onChange={(event) => draft.client.type(field, event.target.value)}
      />
    </FieldFrame>
  );
}

export function DateField(props: FieldProps<string | null>) {
  const { draft, field } = props;
  return (
    <FieldFrame {...props}>
      <input
        {...control(props)}
        className="field w-auto dark:[color-scheme:dark]"
        type="date"
        value={(draft.state.form?.[field].value as string | null) ?? ''}
        onChange={(event) => draft.client.type(field, event.target.value || null)}
      />
    </FieldFrame>
  );
}

export function SelectField(
  props: FieldProps<number | null> & { options: readonly { value: number; label: string }[]; none: string },
) {
  const { draft, field } = props;
  const value = draft.state.form?.[field].value as number | null | undefined;
  return (
    <FieldFrame {...props}>
      <select
        {...control(props)}
        className="field"
        value={value ?? ''}
        onChange={(event) =>
          draft.client.type(field, event.target.value === '' ? null : Number(event.target.value))
        }
      >
        <option value="">{props.none}</option>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** One of two or three, side by side. */
export function ChoiceField<F extends 'mode' | 'guidelineFollowed'>(props: {
  draft: Draft;
  field: F;
  label: string;
  options: readonly { value: DecisionDraft[F]; label: string }[];
}) {
  const { draft, field } = props;
  const value = draft.state.form?.[field].value;
  return (
    <FieldFrame {...props} group>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {props.options.map((option) => (
          <label key={String(option.value)} className="flex min-h-6 items-center gap-1.5">
            <input
              type="radio"
              name={fieldId(field)}
              className="size-4 accent-teal-700 dark:accent-teal-400"
              checked={value === option.value}
              onChange={() => draft.client.type(field, option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </FieldFrame>
  );
}
