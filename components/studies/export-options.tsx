'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { CleanChoice, ExportQuery, KeepChoice } from '@/lib/store/export-schema.ts';

export type ExportChoices = Pick<ExportQuery, 'form' | 'dates' | 'risks'> & {
  keep: readonly KeepChoice[];
  clean: readonly CleanChoice[];
};

/** De-identified by the Basic Profile with dates shifted; what needs a look is left out until somebody has looked. */
export const firstChoices: ExportChoices = {
  form: 'deidentified',
  dates: 'shifted',
  risks: 'leave-out',
  keep: [],
  clean: [],
};

export const exportQuery = ({ keep, clean, ...rest }: ExportChoices): string =>
  new URLSearchParams({ ...rest, keep: keep.join(','), clean: clean.join(',') }).toString();

const keeps: readonly KeepChoice[] = ['patient', 'device', 'institution', 'private', 'uids'];
const cleans: readonly CleanChoice[] = ['descriptors', 'content', 'graphics'];
const forms = ['deidentified', 'as-stored'] as const;
const dates = ['shifted', 'removed', 'kept'] as const;

export function ExportOptions(props: {
  choices: ExportChoices;
  /** Whether the study has PET: without the weight there is no SUV. */
  hasPet: boolean;
  onChange: (choices: ExportChoices) => void;
}) {
  const t = useTranslations('export');
  const { choices, onChange } = props;
  const set = (some: Partial<ExportChoices>) => onChange({ ...choices, ...some });
  return (
    <div className="space-y-4 text-sm">
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">{t('form.title')}</legend>
        {forms.map((form) => (
          <Choice
            key={form}
            type="radio"
            name="form"
            label={t(`form.${form}`)}
            hint={t(`form.${form}Hint`)}
            checked={choices.form === form}
            onChange={() => set({ form })}
          />
        ))}
      </fieldset>
      {choices.form === 'deidentified' && (
        <>
          <fieldset className="space-y-2">
            <legend className="mb-1 font-medium">{t('dates.title')}</legend>
            {dates.map((one) => (
              <Choice
                key={one}
                type="radio"
                name="dates"
                label={t(`dates.${one}`)}
                hint={t(`dates.${one}Hint`)}
                checked={choices.dates === one}
                onChange={() => set({ dates: one })}
              />
            ))}
          </fieldset>
          <fieldset className="grid gap-2 sm:grid-cols-2">
            <legend className="mb-1 font-medium">{t('more.title')}</legend>
            {keeps.map((one) => (
              <Choice
                key={one}
                type="checkbox"
                label={t(`keep.${one}`)}
                hint={one === 'patient' && props.hasPet ? t('keep.patientPet') : t(`keep.${one}Hint`)}
                checked={choices.keep.includes(one)}
                onChange={() => set({ keep: toggled(choices.keep, one) })}
              />
            ))}
            {cleans.map((one) => (
              <Choice
                key={one}
                type="checkbox"
                label={t(`clean.${one}`)}
                hint={t(`clean.${one}Hint`)}
                checked={choices.clean.includes(one)}
                onChange={() => set({ clean: toggled(choices.clean, one) })}
              />
            ))}
          </fieldset>
          <p className="text-xs text-slate-600">{t('limits')}</p>
        </>
      )}
    </div>
  );
}

function Choice(props: {
  type: 'radio' | 'checkbox';
  name?: string;
  label: string;
  hint: string;
  checked: boolean;
  onChange: () => void;
}) {
  const id = useId();
  return (
    <div className="flex gap-2">
      <input
        id={id}
        className="mt-1"
        type={props.type}
        name={props.name}
        aria-describedby={`${id}-hint`}
        checked={props.checked}
        onChange={props.onChange}
      />
      <div>
        <label htmlFor={id}>{props.label}</label>
        <p id={`${id}-hint`} className="text-xs text-slate-600">
          {props.hint}
        </p>
      </div>
    </div>
  );
}

const toggled = <T,>(all: readonly T[], one: T): T[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one];
