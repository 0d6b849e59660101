'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { SearchCombobox } from '@/components/ui/search-combobox.tsx';
import { displayName } from '@/lib/dicom/person-name.ts';
import { api } from '@/lib/http/api-client.ts';
import type { KnownIdentity } from '@/lib/store/corrections/schema.ts';
import { useCalendarDate } from './use-format.ts';

/** Finds a patient whom the centre knows, from its studies or its cases. */
export function FindIdentity(props: {
  label: string;
  centreId: string;
  /** What stands below it; where unset, that one may type the identity instead. */
  hint?: string;
  onChoose: (known: KnownIdentity) => void;
}) {
  const t = useTranslations('corrections');
  const errors = useTranslations('errors');
  const date = useCalendarDate();
  const { centreId } = props;
  const search = useCallback(
    async (query: string) => {
      const url = `/api/patients/search?${new URLSearchParams({ centreId, query })}`;
      return (await api<{ identities: KnownIdentity[] }>('GET', url)).identities;
    },
    [centreId],
  );
  return (
    <SearchCombobox
      label={props.label}
      hint={props.hint ?? t('findHint')}
      search={search}
      optionKey={(one) => JSON.stringify(one)}
      onChoose={props.onChoose}
      words={{
        none: t('nobody'),
        failed: errors('network'),
        found: (count) => t('found', { count }),
      }}
      renderOption={(one) => (
        <>
          <span className="font-medium">{displayName(one.patientName) || t('noName')}</span>{' '}
          <span className="text-xs text-slate-600">
            {[one.patientId, one.birthDate && date(one.birthDate), one.sex].filter(Boolean).join(' · ')}
            {' · '}
            {t('studies', { count: one.studies })}
          </span>
        </>
      )}
    />
  );
}
