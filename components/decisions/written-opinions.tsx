'use client';

import { useTranslations } from 'next-intl';
import { type Specialty, specialties } from '@/lib/people/schema.ts';
import { type Draft, FieldFrame } from './draft-fields.tsx';

/** Specialties whose opinion came in writing: each counts for the quorum as if it were there. */
export function WrittenOpinions({ draft, label }: { draft: Draft; label: string }) {
  const t = useTranslations();
  const chosen = (draft.state.form?.writtenOpinions.value ?? []) as readonly Specialty[];
  const toggle = (specialty: Specialty, on: boolean) =>
    draft.client.type(
      'writtenOpinions',
      specialties.filter((one) => (one === specialty ? on : chosen.includes(one))),
    );
  const summary = chosen.map((one) => t(`specialty.${one}`)).join(', ') || t('record.none');
  return (
    <FieldFrame draft={draft} field="writtenOpinions" label={label} group>
      <details>
        <summary className="cursor-pointer text-sm text-slate-700 dark:text-neutral-300">{summary}</summary>
        <div className="mt-1 grid grid-cols-1 gap-1 sm:grid-cols-2">
          {specialties.map((specialty) => (
            <label key={specialty} className="flex min-h-6 items-center gap-1.5 text-sm">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-teal-700 dark:accent-teal-400"
                checked={chosen.includes(specialty)}
                onChange={(event) => toggle(specialty, event.target.checked)}
              />
              {t(`specialty.${specialty}`)}
            </label>
          ))}
        </div>
      </details>
    </FieldFrame>
  );
}
