'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { SeriesSummary, StudyDetail } from '@/lib/store/schema.ts';
import { FindIdentity } from './find-identity.tsx';
import { toDraft, toIdentity } from './identity-draft.ts';
import { IdentityFields } from './identity-fields.tsx';
import { ReasonField } from './reason-field.tsx';

export type CorrectKind = 'corrected' | 'moved' | 'split';

/** Corrects whose a study is, moves it to another patient, or splits some of its series off to one. */
export function CorrectDialog(props: {
  study: StudyDetail;
  kind: CorrectKind;
  onClose: () => void;
  onBegun: (correctionId: string) => void;
}) {
  const t = useTranslations('corrections');
  return (
    <Dialog open wide title={t(`title.${props.kind}`)} onClose={props.onClose}>
      <CorrectForm {...props} />
    </Dialog>
  );
}

function CorrectForm({ study, kind, onClose, onBegun }: Parameters<typeof CorrectDialog>[0]) {
  const t = useTranslations('corrections');
  const shell = useTranslations('shell');
  const say = useProblem();
  const own = {
    patientName: study.personName,
    patientId: study.patientId,
    birthDate: study.patientBirthDate,
    sex: study.patientSex,
  };
  const nobody = { patientName: '', patientId: '', birthDate: '', sex: '' };
  const [name, setName] = useState(kind === 'corrected' ? own.patientName : '');
  const [draft, setDraft] = useState(toDraft(kind === 'corrected' ? own : nobody));
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const seriesFit = kind !== 'split' || (chosen.length > 0 && chosen.length < study.series.length);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const body = {
        kind,
        identity: toIdentity(draft, name),
        reason,
        seriesIds: kind === 'split' ? chosen : [],
      };
      const { id } = await api<{ id: string }>('POST', `/api/studies/${study.id}/corrections`, body);
      onBegun(id);
      onClose();
    } catch (error) {
      showProblem(say(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4">
      <p className="text-sm">{t(`about.${kind}`)}</p>
      {kind === 'split' && <SeriesChoice series={study.series} chosen={chosen} onChange={setChosen} />}
      {kind !== 'corrected' && (
        <FindIdentity
          label={t('find')}
          centreId={study.centreId}
          onChoose={(known) => {
            setName(known.patientName);
            setDraft(toDraft(known));
          }}
        />
      )}
      <IdentityFields draft={draft} onChange={setDraft} />
      <ReasonField value={reason} onChange={setReason} />
      {!seriesFit && chosen.length > 0 && <Notice tone="warn">{t('allSeries')}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        <Button type="submit" look="primary" disabled={busy || !seriesFit}>
          {t(`confirm.${kind}`)}
        </Button>
      </div>
    </form>
  );
}

function SeriesChoice(props: {
  series: SeriesSummary[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const t = useTranslations('corrections');
  const studies = useTranslations('studies');
  const toggle = (id: string, on: boolean) =>
    props.onChange(on ? [...props.chosen, id] : props.chosen.filter((one) => one !== id));
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('whichSeries')}</legend>
      <ul className="max-h-48 space-y-1 overflow-y-auto">
        {props.series.map((one) => (
          <li key={one.id}>
            <label className="flex min-h-6 items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={props.chosen.includes(one.id)}
                onChange={(event) => toggle(one.id, event.target.checked)}
              />
              {[one.modality, one.description || studies('noDescription')].filter(Boolean).join(' · ')}
              <span className="text-xs text-slate-600">
                {studies('objects', { count: one.instanceCount })}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
