'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { DecisionField } from '@/lib/decisions/schema.ts';
import type { DecisionClient, DecisionState } from './decision-client.ts';
import { useFieldWords } from './use-field-words.ts';

/** What somebody else wrote into a field that is being written here: both texts are there until one is chosen. */
export function ConflictNote(props: { client: DecisionClient; state: DecisionState; field: DecisionField }) {
  const t = useTranslations('decision');
  const words = useFieldWords();
  const own = props.state.form?.[props.field];
  if (!own?.theirs) return null;
  return (
    <div
      role="status"
      className="rounded-md border border-amber-700/50 bg-amber-50 p-2 text-sm dark:border-amber-400/50 dark:bg-amber-950/60"
    >
      <p className="font-medium text-amber-950 dark:text-amber-200">
        {own.dirty ? t('conflict') : t('changedMeanwhile')}
      </p>
      <p className="my-1 max-h-40 overflow-y-auto whitespace-pre-wrap" data-theirs>
        {words(props.field, own.theirs.value) || t('emptied')}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => props.client.takeTheirs(props.field)}>{t('takeTheirs')}</Button>
        {own.dirty && <Button onClick={() => props.client.keepMine(props.field)}>{t('keepMine')}</Button>}
      </div>
    </div>
  );
}
