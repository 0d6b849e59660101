import { useTranslations } from 'next-intl';

export type Person = {
  personId: string;
  displayName: string;
  centreCode: string;
  role: string;
  specialty: string | null;
};

/** A person as colleagues tell them apart: name, specialty or role, centre. */
export function PersonLine({ person }: { person: Person }) {
  const specialty = useTranslations('specialty');
  const role = useTranslations('role');
  return (
    <span className="block min-w-0">
      <span className="block break-words">{person.displayName}</span>
      <span className="block text-xs text-slate-600">
        {person.specialty ? specialty(person.specialty) : person.role && role(person.role)}
        {person.centreCode && ` · ${person.centreCode}`}
      </span>
    </span>
  );
}
