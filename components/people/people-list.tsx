'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { EmptyState, PageHeader } from '@/components/ui/page.tsx';
import type { CentreSummary, PersonRow } from '@/lib/people/schema.ts';
import { AddPerson } from './add-person.tsx';
import { PersonLine } from './person-line.tsx';

/** So many people can be overlooked without a filter. */
const FILTER_FROM = 8;

/** An administrator's list of the people of their centres. */
export function PeopleList({ people, centres }: { people: PersonRow[]; centres: CentreSummary[] }) {
  const t = useTranslations('people');
  const [adding, setAdding] = useState(false);
  const [wanted, setWanted] = useState('');
  const shown = people.filter((person) => fits(person, wanted));
  return (
    <>
      <PageHeader
        title={t('title')}
        about={`${centres.map(({ name }) => name).join(', ')} · ${t('count', { count: people.length })}`}
        actions={
          <Button look="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        }
      />
      {people.length >= FILTER_FROM && (
        <input
          type="search"
          className="field mb-3 max-w-sm"
          aria-label={t('filter')}
          placeholder={t('filter')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {shown.length === 0 ? (
        <EmptyState title={t('noneFits')} />
      ) : (
        <div className="card">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('name')}</th>
                <th scope="col">{t('roles')}</th>
                <th scope="col" className="text-right">
                  {t('actions')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((person) => (
                <PersonLine key={person.id} person={person} withCentre={centres.length > 1} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Dialog open={adding} title={t('add')} onClose={() => setAdding(false)}>
        <AddPerson centres={centres} onDone={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** By name or address, whatever the accents and the case. */
function fits(person: PersonRow, wanted: string): boolean {
  return plain(`${person.displayName} ${person.email}`).includes(plain(wanted.trim()));
}
