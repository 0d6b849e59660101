'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Field } from '@/components/ui/field.tsx';
import type { CaseFields } from '@/lib/cases/schema.ts';
import { type FieldErrors, useFieldError } from './field-errors.ts';

/** The words of a case in the order in which a board hears them, with the rows that each usually takes. */
export const caseFields = [
  { name: 'reason', rows: 1, required: true },
  { name: 'question', rows: 3, required: true },
  { name: 'diagnosis', rows: 2, required: false },
  { name: 'stage', rows: 1, required: false },
  { name: 'history', rows: 6, required: false },
] as const satisfies readonly { name: keyof CaseFields; rows: number; required: boolean }[];

/** The form of a case's words; `below` adds to a field what somebody else has saved meanwhile. */
export function CaseFieldsForm(props: {
  values: CaseFields;
  errors: FieldErrors;
  onChange: (change: Partial<CaseFields>) => void;
  below?: (name: keyof CaseFields) => ReactNode;
}) {
  const t = useTranslations('cases');
  const say = useFieldError();
  return caseFields.map(({ name, rows, required }) => (
    <div key={name}>
      <Field
        label={t(`field.${name}`)}
        hint={t(`hint.${name}`)}
        required={required}
        error={say(props.errors[name])}
      >
        {(control) => (
          <textarea
            {...control}
            className="field"
            rows={rows}
            aria-required={required}
            value={props.values[name]}
            onChange={(event) => props.onChange({ [name]: event.target.value })}
          />
        )}
      </Field>
      {props.below?.(name)}
    </div>
  ));
}
