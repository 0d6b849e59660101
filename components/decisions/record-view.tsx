'use client';

import { useTranslations } from 'next-intl';
import type { DecisionDraft, DecisionField, DecisionView } from '@/lib/decisions/schema.ts';
import { Bookmarks } from './bookmarks.tsx';
import { useFieldWords } from './use-field-words.ts';

const order: readonly DecisionField[] = [
  'question',
  'proposal',
  'guidelineFollowed',
  'offGuidelineReason',
  'alternatives',
  'trial',
  'diagnosis',
  'stage',
  'performanceStatus',
  'comorbidities',
  'plannedDate',
  'whoInforms',
  'mode',
  'writtenOpinions',
];
const always = new Set<DecisionField>(['question', 'proposal', 'diagnosis']);

/** The record to be read: live, while somebody else writes it, and after its validation. */
export function RecordView(props: {
  content: DecisionDraft;
  /** The decision that its lines belong to, for what was shown then. */
  view?: Pick<DecisionView, 'caseId' | 'bookmarks'>;
  writers?: Partial<Record<DecisionField, string>>;
}) {
  const t = useTranslations('decision');
  const label = useFieldLabels();
  const words = useFieldWords();
  const marked = new Set(props.view?.bookmarks.map(({ field }) => field));
  const shown = order.filter(
    (field) =>
      (marked.has(field) || words(field, props.content[field]) !== '' || always.has(field)) &&
      !(field === 'offGuidelineReason' && props.content.guidelineFollowed),
  );
  return (
    <dl className="space-y-2.5">
      {shown.map((field) => {
        const writer = props.writers?.[field];
        return (
          <div key={field} data-field={field}>
            <dt className="flex justify-between gap-2 text-xs text-slate-600 dark:text-neutral-400">
              {label(field)}
              {writer && (
                <span className="truncate text-teal-800 dark:text-teal-300">
                  {t('writes', { name: writer })}
                </span>
              )}
            </dt>
            <dd
              className={`break-words whitespace-pre-wrap ${field === 'proposal' ? 'border-l-2 border-teal-700 pl-2 font-medium dark:border-teal-400' : ''}`}
            >
              {words(field, props.content[field]) || (
                <span className="text-slate-600 dark:text-neutral-400">{t('nothingYet')}</span>
              )}
              {props.view && (
                <Bookmarks
                  caseId={props.view.caseId}
                  field={field}
                  label={label(field)}
                  bookmarks={props.view.bookmarks}
                />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What each field is called; the printed record says the same. */
export function useFieldLabels(): (field: DecisionField) => string {
  const t = useTranslations('record');
  const d = useTranslations('decision');
  const labels: Record<DecisionField, string> = {
    mode: t('mode'),
    diagnosis: t('diagnosis'),
    stage: t('stage'),
    performanceStatus: t('performanceStatus'),
    comorbidities: t('comorbidities'),
    question: t('question'),
    proposal: t('proposal'),
    alternatives: t('alternatives'),
    trial: t('trial'),
    guidelineFollowed: t('guideline'),
    offGuidelineReason: d('offGuidelineReason'),
    plannedDate: t('plannedDate'),
    whoInforms: t('whoInforms'),
    writtenOpinions: t('writtenOpinions'),
  };
  return (field) => labels[field];
}
