'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { SearchCombobox } from '@/components/ui/search-combobox.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { PersonSummary } from '@/lib/people/schema.ts';
import { type Person, PersonLine } from './person-line.tsx';

const toPerson = ({ id, displayName, centres }: PersonSummary): Person => ({
  personId: id,
  displayName,
  centreCode: centres[0]?.code ?? '',
  role: centres[0]?.role ?? '',
  specialty: centres[0]?.specialty ?? null,
});

/** Finds somebody in the network's directory. Those of `known` are not offered again. */
export function PeopleSearch(props: {
  label: string;
  known: readonly string[];
  onChoose: (person: Person) => void;
}) {
  const t = useTranslations('boards.people');
  // Joined, so that the search is another one only when somebody was added or removed.
  const known = props.known.join(' ');
  const search = useCallback(
    async (query: string) => {
      const found = await api<{ people: PersonSummary[] }>(
        'GET',
        `/api/people/search?query=${encodeURIComponent(query)}`,
      );
      return found.people.map(toPerson).filter((person) => !known.includes(person.personId));
    },
    [known],
  );
  return (
    <SearchCombobox
      label={props.label}
      hint={t('hint')}
      search={search}
      optionKey={(person) => person.personId}
      renderOption={(person) => <PersonLine person={person} />}
      onChoose={props.onChoose}
      words={{ none: t('none'), failed: t('failed'), found: (count) => t('found', { count }) }}
    />
  );
}
