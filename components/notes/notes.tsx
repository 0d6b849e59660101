'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { noteMost } from '@/lib/notes/schema.ts';
import { useNotes } from './use-notes.ts';

/** Side notes of a case: one that only I see, one that the session sees, and what the others share. */
export function Notes({ itemId, changed }: { itemId: string; changed: number }) {
  const t = useTranslations('note');
  const { client, state } = useNotes(itemId, changed);
  const stands = state.kept
    ? 'kept'
    : state.own.dirty || state.own.sending || state.shared.dirty || state.shared.sending
      ? 'saving'
      : 'saved';
  return (
    <details className="rounded-md border border-neutral-700 px-2.5 py-1.5 text-sm" data-notes={stands}>
      <summary className="min-h-6 cursor-pointer">
        {t('title')}
        {state.others.length > 0 && (
          <span className="text-neutral-400">{` · ${t('shared', { count: state.others.length })}`}</span>
        )}
      </summary>
      <div className="mt-2 space-y-2">
        {(['own', 'shared'] as const).map((kind) => (
          <NoteField
            key={kind}
            label={t(kind === 'own' ? 'private' : 'toAll')}
            disabled={!state.loaded}
            text={state[kind].text}
            onChange={(text) => client.type(kind, text)}
            onLeave={() => client.save()}
          />
        ))}
        <p role="status" className={`text-xs ${stands === 'kept' ? 'text-amber-300' : 'text-neutral-400'}`}>
          {t(stands)}
        </p>
        {state.others.length > 0 && (
          <ul className="space-y-1.5">
            {state.others.map((one) => (
              <li key={one.personId}>
                <p className="text-xs text-neutral-400">{one.author}</p>
                <p className="wrap-break-word whitespace-pre-wrap">{one.text}</p>
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

function NoteField(props: {
  label: string;
  text: string;
  disabled: boolean;
  onChange: (text: string) => void;
  onLeave: () => void;
}) {
  const id = useId();
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-xs font-medium text-neutral-300">
        {props.label}
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={noteMost}
        disabled={props.disabled}
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={props.onLeave}
        className="w-full rounded-md border border-neutral-500 bg-neutral-900 px-2 py-1"
      />
    </div>
  );
}
