'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';
import { type FieldErrors, useFieldError } from './field-errors.ts';

export type PatientDraft = {
  identifier: string;
  familyName: string;
  givenName: string;
  birthDate: string;
  sex: string;
};

/** Who the patient is: the centre's identifier first, because it tells whether the patient is known already. */
export function PatientFields(props: {
  values: PatientDraft;
  errors: FieldErrors;
  onChange: (change: Partial<PatientDraft>) => void;
}) {
  const t = useTranslations('cases');
  const say = useFieldError();
  const text = (name: 'identifier' | 'familyName' | 'givenName', required = false) => (
    <Field
      label={t(`patientField.${name}`)}
      hint={name === 'identifier' ? t('hint.identifier') : undefined}
      required={required}
      error={say(props.errors[`patient.${name}`])}
    >
      {(control) => (
        <input
          {...control}
          className="field"
          autoComplete="off"
          aria-required={required}
          value={props.values[name]}
          onChange={(event) => props.onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {text('familyName', true)}
      {text('givenName')}
      <Field label={t('patientField.birthDate')} error={say(props.errors['patient.birthDate'])}>
        {(control) => (
          <input
            {...control}
            className="field"
            type="date"
            max="9999-12-31"
            value={props.values.birthDate}
            onChange={(event) => props.onChange({ birthDate: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('patientField.sex')} error={say(props.errors['patient.sex'])}>
        {(control) => (
          <select
            {...control}
            className="field"
            value={props.values.sex}
            onChange={(event) => props.onChange({ sex: event.target.value })}
          >
            <option value="">{t('sex.unknown')}</option>
            <option value="F">{t('sex.F')}</option>
            <option value="M">{t('sex.M')}</option>
            <option value="O">{t('sex.O')}</option>
          </select>
        )}
      </Field>
      {text('identifier')}
    </div>
  );
}
