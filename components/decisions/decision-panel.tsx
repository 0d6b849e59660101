'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import type { DecisionField, DecisionView } from '@/lib/decisions/schema.ts';
import { Attendance } from './attendance.tsx';
import { DecisionForm } from './decision-form.tsx';
import { draftOf } from './merge-fields.ts';
import { RecordView } from './record-view.tsx';
import { SavingState } from './saving-state.tsx';
import { useDecision } from './use-decision.ts';
import { Amend, Validation } from './validation.tsx';
import { Versions } from './versions.tsx';

/** The decision of an agenda item: written, read, validated and amended, in the room and after it, in either theme. */
export function DecisionPanel({ itemId, initial = null }: { itemId: string; initial?: DecisionView | null }) {
  const t = useTranslations();
  const say = useProblem();
  const { client, state } = useDecision(itemId, initial);
  const [asked, setAsked] = useState<DecisionField[]>([]);
  const { view, form } = state;
  if (!view || !form)
    return state.problem ? (
      <div role="alert" className="space-y-2">
        <p>{say(state.problem)}</p>
        <Button onClick={() => void client.pull()}>{t('shell.retry')}</Button>
      </div>
    ) : (
      <p role="status">{t('shell.loading')}</p>
    );

  const last = view.versions.at(-1);
  const validated = view.state === 'validated' && last !== undefined;
  const writing = !validated && view.may.write;
  // A field stays marked only as long as it is missing.
  const missing = asked.filter((field) => client.missing().includes(field));
  return (
    <div className="space-y-3" data-decision={view.state} data-version={view.versions.length}>
      <SavingState state={state} validated={validated} writing={writing} amending={!validated && !!last} />
      <Attendance context={validated ? last.context : view.context} />
      {writing && <DecisionForm draft={{ client, state, missing }} />}
      {!writing && (
        <RecordView
          view={view}
          content={validated ? last.content : draftOf(form)}
          writers={validated ? undefined : state.writers}
        />
      )}
      {!validated && view.may.validate && (
        <Validation client={client} amending={last !== undefined} onMissing={setAsked} />
      )}
      {validated && view.may.validate && <Amend client={client} />}
      <Versions view={view} />
    </div>
  );
}
