'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { SearchCombobox } from '@/components/ui/search-combobox.tsx';
import type { CaseSummary } from '@/lib/cases/schema.ts';
import { api } from '@/lib/http/api-client.ts';

const SHOWN = 20;

/** Finds a case to put on the agenda; those that are there already are not offered. */
export function CaseSearch(props: {
  known: readonly string[];
  onChoose: (caseId: string, patient: string) => void;
}) {
  const t = useTranslations('agenda.search');
  const known = props.known.join(' ');
  const search = useCallback(
    async (query: string) => {
      const found = await api<{ cases: CaseSummary[] }>(
        'GET',
        `/api/cases?query=${encodeURIComponent(query)}`,
      );
      return found.cases.filter(({ id }) => !known.includes(id)).slice(0, SHOWN);
    },
    [known],
  );
  const nameOf = ({ patient }: CaseSummary) => `${patient.familyName} ${patient.givenName}`.trim();
  return (
    <SearchCombobox
      label={t('label')}
      hint={t('hint')}
      search={search}
      optionKey={(found) => found.id}
      renderOption={(found) => (
        <>
          <span className="block break-words">
            {nameOf(found)}
            <span className="ml-2 text-xs text-slate-600">
              {[found.centreCode, ...found.patient.identifiers.map((one) => one.value)].join(' · ')}
            </span>
          </span>
          <span className="line-clamp-1 text-xs text-slate-600">{found.reason}</span>
        </>
      )}
      onChoose={(found) => props.onChoose(found.id, nameOf(found))}
      words={{ none: t('none'), failed: t('failed'), found: (count) => t('found', { count }) }}
    />
  );
}
