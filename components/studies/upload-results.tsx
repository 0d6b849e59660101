'use client';

import { useTranslations } from 'next-intl';
import { useId, useMemo, useState } from 'react';
import { useReason } from '@/components/shell/use-reason.ts';
import { Badge } from '@/components/ui/page.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import type { FileResult, Outcome } from '@/lib/store/schema.ts';
import type { QueuedFile, SendProblem } from './upload-queue.ts';

type Row = { path: string; size: number; outcome: Outcome | 'failed'; reason: string | null; detail: string };

const tones = {
  taken: 'good',
  known: 'neutral',
  quarantined: 'warn',
  refused: 'bad',
  failed: 'bad',
} as const satisfies Record<Row['outcome'], string>;
const isProblem = ({ outcome }: Row) => outcome !== 'taken' && outcome !== 'known';

/** What became of each file, the problems alone or everything, each problem with its reason in words. */
export function UploadResults(props: {
  results: readonly FileResult[];
  failed: readonly { file: QueuedFile; problem: SendProblem }[];
}) {
  const t = useTranslations('upload');
  const sentence = useReason();
  const group = useId();
  const [all, setAll] = useState(false);
  const { results, failed } = props;
  const rows = useMemo<Row[]>(
    () => [
      ...failed.map(({ file, problem }) => ({
        path: file.path,
        size: file.size,
        outcome: 'failed' as const,
        reason: problem.code,
        detail: '',
      })),
      ...results,
    ],
    [results, failed],
  );
  const problems = useMemo(() => rows.filter(isProblem), [rows]);
  const reasons = useMemo(() => countBy(problems), [problems]);
  if (rows.length === 0) return null;
  const shown = all ? rows : problems;
  return (
    <div className="space-y-2">
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <legend className="sr-only">{t('filter')}</legend>
        {[false, true].map((value) => (
          <label key={String(value)} className="flex cursor-pointer items-center gap-1.5 py-1">
            <input
              type="radio"
              name={group}
              className="accent-teal-800"
              checked={all === value}
              onChange={() => setAll(value)}
            />
            {value ? t('filterAll', { count: rows.length }) : t('filterProblems', { count: problems.length })}
          </label>
        ))}
      </fieldset>
      {reasons.length > 0 && (
        <ul className="space-y-0.5 text-sm">
          {reasons.map(([reason, count]) => (
            <li key={reason}>
              <span className="font-medium">{t('times', { count })}</span> {sentence(reason)}
            </li>
          ))}
        </ul>
      )}
      {shown.length > 0 && (
        <VirtualList
          label={t('results')}
          items={shown}
          itemKey={({ path, size }) => `${path} ${size}`}
          rowHeight={48}
          height={288}
          renderItem={(row) => (
            <div className="flex items-center gap-3 px-3 py-1.5">
              <div className="min-w-0 flex-1">
                <p className="truncate" title={row.path}>
                  {row.path}
                </p>
                <p className="truncate text-xs text-slate-600">
                  {row.reason && sentence(row.reason)}
                  {row.detail && <span lang="en"> ({row.detail})</span>}
                </p>
              </div>
              <Badge tone={tones[row.outcome]}>{t(`outcome.${row.outcome}`)}</Badge>
            </div>
          )}
        />
      )}
    </div>
  );
}

function countBy(rows: readonly Row[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { reason } of rows)
    counts.set(reason ?? 'internal', (counts.get(reason ?? 'internal') ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
