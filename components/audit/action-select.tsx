import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';
import { auditActions } from '@/lib/audit/actions.ts';

/** All actions of a noun, or one of them. One that the list does not know (from an old address) stays chosen. */
export function ActionSelect({ value }: { value: string }) {
  const t = useTranslations('audit');
  const nouns = Object.entries(auditActions);
  const known = nouns.some(
    ([noun, verbs]) => value === `${noun}.` || verbs.some((verb) => value === `${noun}.${verb}`),
  );
  return (
    <Field label={t('action')}>
      {(control) => (
        <select {...control} className="field h-9" name="action" defaultValue={value}>
          <option value="">{t('anyAction')}</option>
          {value !== '' && !known && <option value={value}>{value}</option>}
          {nouns.map(([noun, verbs]) => (
            <optgroup key={noun} label={t(`nouns.${noun}`)}>
              {verbs.length > 1 && (
                <option value={`${noun}.`}>{t('allOf', { noun: t(`nouns.${noun}`) })}</option>
              )}
              {verbs.map((verb) => (
                <option key={verb} value={`${noun}.${verb}`}>
                  {t(`actions.${noun}.${verb}`)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
