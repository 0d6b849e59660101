'use client';

import { useTranslations } from 'next-intl';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Badge } from '@/components/ui/page.tsx';
import { decisionFieldNames } from '@/lib/decisions/schema.ts';
import type { DecisionState } from './decision-client.ts';
import { useFieldLabels } from './record-view.tsx';
import { useFieldWords } from './use-field-words.ts';

/** In what state the record is, and whether what was typed is safe. */
export function SavingState(props: {
  state: DecisionState;
  validated: boolean;
  writing: boolean;
  amending: boolean;
}) {
  const t = useTranslations('decision');
  const say = useProblem();
  const { saving, problem } = props.state;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
      {props.validated ? (
        <Badge tone="good">{t('validated')}</Badge>
      ) : (
        <Badge tone="warn">{props.amending ? t('amending') : t('draft')}</Badge>
      )}
      {props.writing && (
        <span role="status" data-saving={saving} className="text-xs text-slate-600 dark:text-neutral-400">
          {saving === 'saved' && t('saved')}
          {saving === 'saving' && t('saving')}
          {saving === 'kept' && t('kept')}
        </span>
      )}
      {saving === 'kept' && problem !== null && (
        <p role="alert" className="w-full text-sm text-amber-900 dark:text-amber-300">
          {say(problem)}
        </p>
      )}
      {props.validated && <LeftOver state={props.state} />}
    </div>
  );
}

/** Text of this tab that came too late for the validated version: shown, so that it can be taken into an amendment. */
function LeftOver({ state }: { state: DecisionState }) {
  const t = useTranslations('decision');
  const label = useFieldLabels();
  const words = useFieldWords();
  const late = decisionFieldNames.filter((field) => state.form?.[field].dirty);
  if (!state.form || late.length === 0) return null;
  return (
    <div className="w-full rounded-md border border-amber-700/50 p-2 text-sm dark:border-amber-400/50">
      <p className="font-medium">{t('tooLate')}</p>
      {late.map((field) => (
        <p key={field} className="break-words whitespace-pre-wrap">
          {`${label(field)}: ${words(field, state.form?.[field].value ?? '')}`}
        </p>
      ))}
    </div>
  );
}
