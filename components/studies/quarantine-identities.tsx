'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/page.tsx';
import type { ObjectFacts } from '@/lib/store/schema.ts';
import { useCalendarDate } from './use-format.ts';

/** Whose first: who decides asks whether these are one person. */
const facts = [
  'patientName',
  'patientBirthDate',
  'patientId',
  'patientSex',
  'modality',
  'description',
  'studyDate',
] as const satisfies readonly (keyof ObjectFacts)[];

const whose: readonly string[] = ['patientName', 'patientBirthDate', 'patientId', 'patientSex'];

/** Both patients side by side, line by line; where they differ it is said and not only coloured. */
export function QuarantineIdentities(props: {
  incoming: ObjectFacts;
  /** What is stored; null where there is nothing to compare with. */
  beside: ObjectFacts | null;
  besideTitle: string;
}) {
  const t = useTranslations('quarantine');
  const date = useCalendarDate();
  const { incoming, beside } = props;
  const said = (from: ObjectFacts | null, fact: keyof ObjectFacts) => {
    const value = from?.[fact];
    if (!value) return <span className="text-slate-600">{from ? t('saysNothing') : t('notStored')}</span>;
    return fact === 'patientBirthDate' || fact === 'studyDate' ? date(value) : value;
  };
  const rows = facts.map((fact) => ({ fact, differs: beside !== null && beside[fact] !== incoming[fact] }));
  const samePerson = !rows.some(({ fact, differs }) => differs && whose.includes(fact));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow window it scrolls, and a keyboard must be able to.
    <section className="space-y-2 overflow-x-auto" aria-label={t('identities')} tabIndex={0}>
      {beside && (
        <Badge tone={samePerson ? 'good' : 'bad'}>{t(samePerson ? 'sameIdentity' : 'otherIdentity')}</Badge>
      )}
      <table className="table table-fixed text-sm" data-identities>
        <thead>
          <tr>
            <td className="w-24 sm:w-44" />
            <th scope="col">{props.besideTitle}</th>
            <th scope="col">{t('newOne')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ fact, differs }) => (
            <tr key={fact} data-differs={differs} className={differs ? 'bg-amber-50' : ''}>
              <th scope="row" className="font-normal normal-case">
                {t(`fact.${fact}`)}
                {differs && <span className="block font-medium text-amber-900">{t('differs')}</span>}
              </th>
              <td className={`[overflow-wrap:anywhere] ${differs ? 'font-medium' : ''}`}>
                {said(beside, fact)}
              </td>
              <td className={`[overflow-wrap:anywhere] ${differs ? 'font-medium' : ''}`}>
                {said(incoming, fact)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
