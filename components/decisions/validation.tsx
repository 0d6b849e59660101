'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import type { DecisionField } from '@/lib/decisions/schema.ts';
import type { DecisionClient } from './decision-client.ts';
import { fieldId } from './draft-fields.tsx';
import { useFieldLabels } from './record-view.tsx';

const REASON = 'decision-reason';

/** The chair freezes the record as its next version; an amendment says why. What is missing is named and focused. */
export function Validation(props: {
  client: DecisionClient;
  amending: boolean;
  onMissing: (fields: DecisionField[]) => void;
}) {
  const t = useTranslations('decision');
  const say = useProblem();
  const label = useFieldLabels();
  const [reason, setReason] = useState('');
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState(false);

  const stop = (text: string, focus?: string) => {
    setMessage(text);
    if (focus) document.getElementById(focus)?.focus();
  };
  const validate = async () => {
    setMessage('');
    const missing = props.client.missing();
    props.onMissing(missing);
    if (missing[0])
      return stop(t('incomplete', { fields: missing.map(label).join(', ') }), fieldId(missing[0]));
    if (props.amending && reason.trim() === '') return stop(t('reasonRequired'), REASON);
    setBusy(true);
    try {
      if (!(await props.client.saved())) stop(t('notSavedYet'));
      else if (!(await props.client.validate(reason))) stop(t('readAgain'));
    } catch (error) {
      stop(say(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="space-y-2">
      {props.amending && (
        <div className="space-y-1">
          <label htmlFor={REASON} className="text-sm font-medium">
            {t('reason')}
            <span aria-hidden="true" className="text-amber-800 dark:text-amber-300">
              {' '}
              *
            </span>
          </label>
          <textarea
            id={REASON}
            className="field field-sizing-content"
            rows={2}
            maxLength={2000}
            aria-required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      <p role="alert" className="text-sm text-red-800 empty:hidden dark:text-red-300">
        {message}
      </p>
      <Button look="primary" className="w-full" disabled={busy} onClick={() => void validate()}>
        {t('validate')}
      </Button>
    </div>
  );
}

/** Opens an amendment: the validated version stays, a next one is written. */
export function Amend({ client }: { client: DecisionClient }) {
  const t = useTranslations('decision');
  const say = useProblem();
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState(false);
  const amend = async () => {
    setBusy(true);
    await client.amend().catch((error) => setMessage(say(error)));
    setBusy(false);
  };
  return (
    <>
      <p role="alert" className="text-sm text-red-800 empty:hidden dark:text-red-300">
        {message}
      </p>
      <Button className="w-full" disabled={busy} onClick={() => void amend()}>
        {t('amend')}
      </Button>
    </>
  );
}
