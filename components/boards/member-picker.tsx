'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { PeopleSearch } from './people-search.tsx';
import { type Person, PersonLine } from './person-line.tsx';

/** The members of a board and which of them chairs it. */
export function MemberPicker(props: {
  members: readonly Person[];
  chairId: string;
  error: string | undefined;
  onChange: (members: Person[], chairId: string) => void;
}) {
  const t = useTranslations('boards');
  const id = useId();
  const { members, chairId, onChange } = props;
  const remove = (person: Person) => {
    const others = members.filter((one) => one.personId !== person.personId);
    onChange(others, person.personId === chairId ? (others[0]?.personId ?? '') : chairId);
  };
  return (
    <fieldset className="space-y-2" aria-describedby={props.error ? `${id}-error` : undefined}>
      <legend className="mb-1 text-sm font-medium">{t('members')}</legend>
      {members.length > 0 && (
        <ul className="divide-y divide-slate-200 rounded-md border border-slate-200">
          {members.map((person) => (
            <li key={person.personId} className="flex flex-wrap items-center gap-3 px-3 py-1.5">
              <div className="min-w-40 flex-1">
                <PersonLine person={person} />
              </div>
              <label className="flex min-h-6 items-center gap-1.5 text-sm">
                <input
                  type="radio"
                  name={`${id}-chair`}
                  className="size-4 accent-teal-800"
                  checked={person.personId === chairId}
                  onChange={() => onChange([...members], person.personId)}
                  aria-label={t('makeChair', { name: person.displayName })}
                />
                {t('chair')}
              </label>
              <Button
                look="quiet"
                className="px-2"
                onClick={() => remove(person)}
                aria-label={t('removeMember', { name: person.displayName })}
              >
                <X aria-hidden="true" className="size-4" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <PeopleSearch
        label={t('addMember')}
        known={members.map((one) => one.personId)}
        onChoose={(person) => onChange([...members, person], chairId || person.personId)}
      />
      {props.error && (
        <p id={`${id}-error`} className="text-sm text-red-800">
          {props.error}
        </p>
      )}
    </fieldset>
  );
}
