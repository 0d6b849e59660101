'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { StudySearch } from '@/components/studies/study-search.tsx';
import { Uploader } from '@/components/studies/uploader.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import type { CaseView } from '@/lib/cases/schema.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';
import type { StudySummary } from '@/lib/store/schema.ts';

type Way = 'search' | 'upload';

/** Two ways to a case's images: those that are here already, and those on a disk or a CD. */
export function AttachDialog(props: {
  open: boolean;
  onClose: () => void;
  view: CaseView;
  centres: CentreSummary[];
  onAttach: (studies: StudySummary[]) => void;
}) {
  const t = useTranslations('cases');
  const [way, setWay] = useState<Way>('search');
  const attached = new Set(props.view.studies.map(({ id }) => id));
  return (
    <Dialog wide open={props.open} title={t('attachTitle')} onClose={props.onClose}>
      <fieldset className="mb-3 flex flex-wrap gap-4">
        <legend className="sr-only">{t('attachTitle')}</legend>
        {(['search', 'upload'] as const).map((one) => (
          <label key={one} className="flex cursor-pointer items-center gap-1.5 py-1">
            <input
              type="radio"
              name="attach-way"
              className="accent-teal-800"
              checked={way === one}
              onChange={() => setWay(one)}
            />
            {t(`attachWay.${one}`)}
          </label>
        ))}
      </fieldset>
      {way === 'search' ? (
        <StudySearch
          initial={props.view.patient.familyName}
          action={(study) => (
            <Button disabled={attached.has(study.id)} onClick={() => props.onAttach([study])}>
              {attached.has(study.id) ? t('isAttached') : t('attach')}
            </Button>
          )}
        />
      ) : (
        <Uploader centres={props.centres} onUploaded={props.onAttach} />
      )}
      <div className="mt-4 flex justify-end">
        <Button onClick={props.onClose}>{t('done')}</Button>
      </div>
    </Dialog>
  );
}
