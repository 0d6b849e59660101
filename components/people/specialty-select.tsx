import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';
import { type Specialty, specialties } from '@/lib/people/schema.ts';

/** The specialty that counts for a board's quorum; none is a choice. */
export function SpecialtySelect(props: {
  value: Specialty | '';
  onChange: (specialty: Specialty | '') => void;
}) {
  const t = useTranslations();
  return (
    <Field label={t('people.specialty')}>
      {(control) => (
        <select
          {...control}
          className="field"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value as Specialty | '')}
        >
          <option value="">{t('people.none')}</option>
          {specialties.map((specialty) => (
            <option key={specialty} value={specialty}>
              {t(`specialty.${specialty}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
