'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';

export type IdentityDraft = {
  family: string;
  given: string;
  patientId: string;
  issuer: string;
  /** YYYY-MM-DD, as the browser's field has it; empty when unknown. */
  birthDate: string;
  sex: string;
};

/** Whose a study is: name, identifier, birth date, sex. */
export function IdentityFields(props: { draft: IdentityDraft; onChange: (draft: IdentityDraft) => void }) {
  const t = useTranslations('corrections');
  const set = (field: keyof IdentityDraft) => (event: { target: { value: string } }) =>
    props.onChange({ ...props.draft, [field]: event.target.value });
  const text = (field: 'family' | 'given' | 'patientId' | 'issuer', required: boolean, hint?: string) => (
    <Field label={t(field)} required={required} {...(hint && { hint })}>
      {(control) => (
        <input
          {...control}
          className="field"
          maxLength={64}
          // Backslash, caret and equals sign part values and components in DICOM.
          pattern="[^\\^=]*"
          required={required}
          value={props.draft[field]}
          onChange={set(field)}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {text('family', true)}
      {text('given', false)}
      {text('patientId', true)}
      {text('issuer', false, t('issuerHint'))}
      <Field label={t('birthDate')}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="field"
            value={props.draft.birthDate}
            onChange={set('birthDate')}
          />
        )}
      </Field>
      <Field label={t('sex')}>
        {(control) => (
          <select {...control} className="field" value={props.draft.sex} onChange={set('sex')}>
            <option value="">{t('sexUnknown')}</option>
            <option value="F">{t('sexF')}</option>
            <option value="M">{t('sexM')}</option>
            <option value="O">{t('sexO')}</option>
          </select>
        )}
      </Field>
    </div>
  );
}
