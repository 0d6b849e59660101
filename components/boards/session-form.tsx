'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';
import type { EditableSession } from '@/lib/boards/schema.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { FormFrame } from './form-frame.tsx';
import { TimeZoneField } from './time-zone-field.tsx';
import { type Fault, useEditor } from './use-editor.ts';

export type SessionDraft = {
  date: string;
  time: string;
  timeZone: string;
  /** As typed; minutes. */
  durationMinutes: string;
  place: string;
  meetingUrl: string;
  /** Empty for a new session: the board's chair. */
  chairId: string;
};

export function toSessionDraft({ version: _, ...session }: EditableSession): SessionDraft {
  return { ...session, durationMinutes: String(session.durationMinutes) };
}

/** What the API takes of a draft. */
export function toSessionBody({ durationMinutes, chairId, ...draft }: SessionDraft) {
  return { ...draft, durationMinutes: Number(durationMinutes), ...(chairId && { chairId }) };
}

/** When and where a board meets; for a session that exists also who chairs it. */
export function SessionForm(props: {
  label: string;
  initial: SessionDraft;
  version: number;
  chairs?: { personId: string; displayName: string }[];
  save: (draft: SessionDraft, version: number) => Promise<void>;
  onCancel: () => void;
}) {
  const t = useTranslations('session');
  const shell = useTranslations('shell');
  const errors = useTranslations('errors');
  const editor = useEditor<SessionDraft>({
    initial: props.initial,
    version: props.version,
    save: props.save,
    readCurrent: (current) => {
      const session = current as EditableSession;
      return { fields: toSessionDraft(session), version: session.version };
    },
  });
  const { fields, set, faultOf } = editor;

  const submit = (form: HTMLFormElement) => {
    // A browser gives an empty value for a 31st of February: only its validity tells that something was typed.
    const impossible: Fault[] = [...form.elements].flatMap((element) =>
      element instanceof HTMLInputElement && element.validity.badInput && element.name
        ? [{ path: element.name, code: 'date_does_not_exist' }]
        : [],
    );
    if (impossible.length > 0) return editor.fault(impossible, errors('invalid_input'));
    void editor.submit();
  };
  const whenError = (key: 'date' | 'time', missing: string): string | undefined => {
    const fault = faultOf(key);
    if (!fault) return undefined;
    if (fault.code === 'session_in_past') return errors('session_in_past');
    if (fault.code === 'date_does_not_exist' || fields[key] !== '') return errors('date_does_not_exist');
    return missing;
  };
  const nameOf = (personId: string) =>
    props.chairs?.find((one) => one.personId === personId)?.displayName ?? '';

  return (
    <FormFrame
      label={props.label}
      problem={editor.problem}
      busy={editor.busy}
      submitLabel={shell('save')}
      onSubmit={submit}
      onCancel={props.onCancel}
      conflict={
        editor.conflict && (
          <ConflictNotice
            conflict={editor.conflict}
            label={(key) => t(`field.${key}`)}
            show={(key, saved) => (key === 'chairId' ? nameOf(saved.chairId) : saved[key]) || t('empty')}
            onTake={editor.take}
          />
        )
      }
    >
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t('field.date')} required error={whenError('date', t('dateMissing'))}>
          {(control) => (
            <input
              {...control}
              name="date"
              type="date"
              required
              max="9999-12-31"
              className="field"
              value={fields.date}
              onChange={(event) => set('date', event.target.value)}
            />
          )}
        </Field>
        <Field label={t('field.time')} required error={whenError('time', t('timeMissing'))}>
          {(control) => (
            <input
              {...control}
              name="time"
              type="time"
              required
              className="field"
              value={fields.time}
              onChange={(event) => set('time', event.target.value)}
            />
          )}
        </Field>
        <TimeZoneField value={fields.timeZone} onChange={(timeZone) => set('timeZone', timeZone)} />
        <Field label={t('field.durationMinutes')} error={faultOf('durationMinutes') && t('durationRange')}>
          {(control) => (
            <input
              {...control}
              type="number"
              inputMode="numeric"
              min={5}
              max={600}
              step={5}
              className="field"
              value={fields.durationMinutes}
              onChange={(event) => set('durationMinutes', event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('field.place')}
          error={faultOf('place') && t('placeLong', { count: [...fields.place.trim()].length })}
        >
          {(control) => (
            <input
              {...control}
              className="field"
              value={fields.place}
              onChange={(event) => set('place', event.target.value)}
            />
          )}
        </Field>
        <Field
          label={t('field.meetingUrl')}
          hint={t('meetingUrlHint')}
          error={faultOf('meetingUrl') && t('meetingUrlWrong')}
        >
          {(control) => (
            <input
              {...control}
              type="url"
              className="field"
              value={fields.meetingUrl}
              onChange={(event) => set('meetingUrl', event.target.value.trim())}
            />
          )}
        </Field>
        {props.chairs && (
          <Field label={t('field.chairId')} hint={t('chairHint')}>
            {(control) => (
              <select
                {...control}
                className="field"
                value={fields.chairId}
                onChange={(event) => set('chairId', event.target.value)}
              >
                {props.chairs?.map((person) => (
                  <option key={person.personId} value={person.personId}>
                    {person.displayName}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
    </FormFrame>
  );
}
