'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Card, Notice } from '@/components/ui/page.tsx';
import { useFirstWrong } from '@/components/ui/use-first-wrong.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import { api } from '@/lib/http/api-client.ts';
import type { CentreSummary } from '@/lib/people/schema.ts';
import { CaseFieldsForm } from './case-fields.tsx';
import { type FieldErrors, fieldsOf, issuesOf } from './field-errors.ts';
import { type PatientDraft, PatientFields } from './patient-fields.tsx';
import { useDraft } from './use-draft.ts';

const emptyPatient: PatientDraft = { identifier: '', familyName: '', givenName: '', birthDate: '', sex: '' };
const emptyCase = { reason: '', question: '', diagnosis: '', stage: '', history: '' };

/** Opens a case; with a session it goes on that session's agenda and one is back where one came from. */
export function NewCase(props: { personId: string; centres: CentreSummary[]; sessionId?: string }) {
  const t = useTranslations('cases');
  const agenda = useTranslations('agenda');
  const router = useRouter();
  const say = useProblem();
  const { form, toFirstWrong } = useFirstWrong();
  const [draft, change, forget] = useDraft(`case:new:${props.personId}`, {
    centreId: props.centres[0]?.id ?? '',
    plannedMinutes: '10',
    patient: emptyPatient,
    fields: emptyCase,
  });
  /** The case exists already and only the agenda refused it: trying again must not make a second one. */
  const created = useRef<{ from: string; id: string }>(undefined);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const refuse = (fields: FieldErrors, sentence: string) => {
    setErrors(fields);
    setProblem(sentence);
    toFirstWrong();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { patient, fields, centreId } = draft;
    const parsed = createCaseSchema.safeParse({
      ...fields,
      centreId,
      patient: { ...patient, birthDate: patient.birthDate || null, sex: patient.sex || null },
    });
    const minutes = Number(draft.plannedMinutes);
    const wrongMinutes =
      props.sessionId !== undefined && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 240);
    const wrong: FieldErrors = {
      ...(parsed.success ? {} : issuesOf(parsed.error)),
      ...(wrongMinutes && { plannedMinutes: 'invalid' }),
    };
    if (!parsed.success || wrongMinutes) return refuse(wrong, t('correct'));
    setErrors({});
    setProblem(undefined);
    setBusy(true);
    try {
      const from = JSON.stringify(parsed.data);
      const earlier = created.current?.from === from ? created.current.id : undefined;
      const id = earlier ?? (await api<{ id: string }>('POST', '/api/cases', parsed.data)).id;
      created.current = { from, id };
      if (props.sessionId) {
        const plannedMinutes = Number(draft.plannedMinutes);
        await api('POST', `/api/sessions/${props.sessionId}/agenda`, { caseId: id, plannedMinutes });
      }
      forget();
      toast.success(t('created'));
      router.push(props.sessionId ? `/sessions/${props.sessionId}` : `/cases/${id}`);
    } catch (error) {
      refuse(fieldsOf(error), say(error));
      setBusy(false);
    }
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="max-w-3xl space-y-4">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Card title={t('patient')}>
        {props.centres.length > 1 && (
          <div className="mb-4 max-w-sm">
            <Field label={t('centre')}>
              {(control) => (
                <select
                  {...control}
                  className="field"
                  value={draft.centreId}
                  onChange={(event) => change({ centreId: event.target.value })}
                >
                  {props.centres.map((centre) => (
                    <option key={centre.id} value={centre.id}>
                      {centre.code} – {centre.name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        )}
        <PatientFields
          values={draft.patient}
          errors={errors}
          onChange={(part) => change({ patient: { ...draft.patient, ...part } })}
        />
      </Card>
      <Card title={t('case')}>
        <div className="space-y-4">
          <CaseFieldsForm
            values={draft.fields}
            errors={errors}
            onChange={(part) => change({ fields: { ...draft.fields, ...part } })}
          />
          {props.sessionId && (
            <div className="max-w-40">
              <Field label={t('plannedMinutes')} error={errors.plannedMinutes && agenda('wrongMinutes')}>
                {(control) => (
                  <input
                    {...control}
                    className="field"
                    type="number"
                    min={1}
                    max={240}
                    value={draft.plannedMinutes}
                    onChange={(event) => change({ plannedMinutes: event.target.value })}
                  />
                )}
              </Field>
            </div>
          )}
        </div>
      </Card>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={busy}>
          {props.sessionId ? t('createForSession') : t('create')}
        </Button>
        <Button look="quiet" onClick={() => router.back()}>
          {t('back')}
        </Button>
      </div>
    </form>
  );
}
