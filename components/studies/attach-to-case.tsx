'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { MismatchDialog } from '@/components/cases/mismatch-dialog.tsx';
import { PatientFacts } from '@/components/cases/patient.tsx';
import { useAttach } from '@/components/cases/use-attach.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { SearchCombobox } from '@/components/ui/search-combobox.tsx';
import { patientName } from '@/lib/cases/patient-name.ts';
import type { CaseSummary } from '@/lib/cases/schema.ts';
import { api } from '@/lib/http/api-client.ts';
import type { StudySummary } from '@/lib/store/schema.ts';

/** From a study to the case that it belongs to. */
export function AttachToCase({ study }: { study: StudySummary }) {
  const t = useTranslations('studies');
  const shell = useTranslations('shell');
  const errors = useTranslations('errors');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<CaseSummary>();
  const { attach, doubtful, answer } = useAttach();
  const search = useCallback(async (query: string) => {
    const url = `/api/cases?${new URLSearchParams({ query })}`;
    return (await api<{ cases: CaseSummary[] }>('GET', url)).cases.slice(0, 20);
  }, []);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('attachToCase')}</Button>
      <Dialog open={open} title={t('attachToCase')} onClose={() => setOpen(false)}>
        <div className="min-h-64">
          <SearchCombobox
            label={t('findCase')}
            hint={t('findCaseHint')}
            search={search}
            optionKey={({ id }) => id}
            onChoose={(one) => {
              setChosen(one);
              setOpen(false);
              void attach(one.id, [study]);
            }}
            words={{
              none: t('noCase'),
              failed: errors('network'),
              found: (count) => t('foundCases', { count }),
            }}
            renderOption={(one) => (
              <>
                <span className="font-medium">{patientName(one.patient)}</span>{' '}
                <span className="text-xs text-slate-600">
                  <PatientFacts patient={one.patient} />
                </span>
                <span className="block truncate text-xs text-slate-600">{one.reason}</span>
              </>
            )}
          />
        </div>
        <div className="mt-4 flex justify-end">
          <Button onClick={() => setOpen(false)}>{shell('cancel')}</Button>
        </div>
      </Dialog>
      {chosen && (
        <MismatchDialog patient={chosen.patient} doubtful={doubtful} onAnswer={(yes) => void answer(yes)} />
      )}
    </>
  );
}
