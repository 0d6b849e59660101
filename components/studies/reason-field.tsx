'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';

/** Why: asked for by everything that changes whose a study is, or whether it is shown. */
export function ReasonField({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const t = useTranslations('corrections');
  return (
    <Field label={t('reason')} required>
      {(control) => (
        <textarea
          {...control}
          className="field min-h-16"
          maxLength={500}
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
