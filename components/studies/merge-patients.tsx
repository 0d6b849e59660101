'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { ProgressBar } from '@/components/ui/progress-bar.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { displayName } from '@/lib/dicom/person-name.ts';
import { api } from '@/lib/http/api-client.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';
import type { KnownIdentity } from '@/lib/store/corrections/schema.ts';
import { FindIdentity } from './find-identity.tsx';
import { ReasonField } from './reason-field.tsx';
import { useCorrection } from './use-correction.ts';
import { useCalendarDate } from './use-format.ts';

/** Makes all studies of one patient another's: for the patient who is there twice. */
export function MergePatients({ centres }: { centres: CentreSummary[] }) {
  const t = useTranslations('corrections');
  const [open, setOpen] = useState(false);
  const { follow, progress } = useCorrection(null);
  return (
    <>
      {progress && (
        <div className="w-48" role="status">
          <p className="text-sm">{t('running', progress)}</p>
          <ProgressBar label={t('progress')} value={progress.written} max={progress.total} />
        </div>
      )}
      <Button disabled={progress !== null} onClick={() => setOpen(true)}>
        {t('merge')}
      </Button>
      <Dialog open={open} wide title={t('mergeTitle')} onClose={() => setOpen(false)}>
        <MergeForm centres={centres} onClose={() => setOpen(false)} onBegun={follow} />
      </Dialog>
    </>
  );
}

function MergeForm(props: {
  centres: CentreSummary[];
  onClose: () => void;
  onBegun: (correctionId: string) => void;
}) {
  const t = useTranslations('corrections');
  const shell = useTranslations('shell');
  const say = useProblem();
  const [centreId, setCentreId] = useState(props.centres[0]?.id ?? '');
  const [from, setFrom] = useState<KnownIdentity>();
  const [into, setInto] = useState<KnownIdentity>();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!from || !into) return;
    setBusy(true);
    try {
      const { patientName, patientId, birthDate, sex } = into;
      const body = {
        centreId,
        from: { patientId: from.patientId, patientName: from.patientName, birthDate: from.birthDate },
        into: { patientName, patientId, birthDate, sex },
        reason,
      };
      const { id } = await api<{ id: string }>('POST', '/api/patients/merge', body);
      props.onBegun(id);
      props.onClose();
    } catch (error) {
      showProblem(say(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="min-h-96 space-y-4">
      <p className="text-sm">{t('mergeAbout')}</p>
      {props.centres.length > 1 && (
        <SelectField
          label={t('centre')}
          value={centreId}
          options={props.centres}
          onChange={(id) => {
            setCentreId(id);
            setFrom(undefined);
            setInto(undefined);
          }}
        />
      )}
      <FindIdentity label={t('mergeFrom')} hint={t('mergeFind')} centreId={centreId} onChoose={setFrom} />
      {from && <Chosen identity={from} />}
      <FindIdentity label={t('mergeInto')} hint={t('mergeFind')} centreId={centreId} onChoose={setInto} />
      {into && <Chosen identity={into} />}
      <ReasonField value={reason} onChange={setReason} />
      <div className="flex justify-end gap-2">
        <Button onClick={props.onClose}>{shell('cancel')}</Button>
        <Button
          type="submit"
          look="primary"
          disabled={busy || !from || !into || JSON.stringify(from) === JSON.stringify(into)}
        >
          {from ? t('mergeConfirm', { count: from.studies }) : t('mergeTitle')}
        </Button>
      </div>
    </form>
  );
}

function Chosen({ identity }: { identity: KnownIdentity }) {
  const t = useTranslations('corrections');
  const date = useCalendarDate();
  const { patientName, patientId, birthDate, sex, studies } = identity;
  return (
    <p className="rounded-md bg-slate-100 px-3 py-2 text-sm">
      <span className="font-medium">{displayName(patientName) || t('noName')}</span>
      {' · '}
      {[patientId, birthDate && date(birthDate), sex, t('studies', { count: studies })]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}
