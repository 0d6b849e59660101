'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Badge, Notice } from '@/components/ui/page.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { QuarantineComparison } from '@/lib/store/schema.ts';
import { QuarantineIdentities } from './quarantine-identities.tsx';

/** A quarantined object beside the stored one: whose each is, every attribute that differs, and the pixels. */
export function QuarantineCompare({ id }: { id: string }) {
  const t = useTranslations('quarantine');
  const say = useProblem();
  const [compared, setCompared] = useState<QuarantineComparison>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    api<QuarantineComparison>('GET', `/api/quarantine/${id}`).then(
      (answer) => !gone && setCompared(answer),
      (error) => !gone && setProblem(error),
    );
    return () => {
      gone = true;
    };
  }, [id]);
  if (problem) return <Notice tone="bad">{say(problem)}</Notice>;
  if (!compared) return <p role="status">{t('comparing')}</p>;
  const { incoming, stored, study, attributes, total, pixels } = compared;
  return (
    <div className="space-y-3">
      <QuarantineIdentities
        incoming={incoming}
        beside={stored ?? study}
        besideTitle={t(stored ? 'storedOne' : 'studyOne')}
      />
      {stored && (
        <>
          <p className="flex flex-wrap gap-2">
            <Badge tone={pixels === 'differ' ? 'bad' : 'neutral'}>{t(`pixels.${pixels}`)}</Badge>
            <Badge tone={total > 0 ? 'warn' : 'neutral'}>{t('attributesDiffer', { count: total })}</Badge>
          </p>
          {attributes.length > 0 && <Attributes attributes={attributes} />}
          {total > attributes.length && (
            <p className="text-sm text-slate-700">{t('notAllShown', { count: total - attributes.length })}</p>
          )}
        </>
      )}
    </div>
  );
}

function Attributes({ attributes }: Pick<QuarantineComparison, 'attributes'>) {
  const t = useTranslations('quarantine');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must be able to.
    <section className="max-h-80 overflow-auto" aria-label={t('differing')} tabIndex={0}>
      <table className="table text-sm">
        <thead>
          <tr>
            <th scope="col">{t('attribute')}</th>
            <th scope="col">{t('storedOne')}</th>
            <th scope="col">{t('newOne')}</th>
          </tr>
        </thead>
        <tbody>
          {attributes.map((one) => (
            <tr key={one.path}>
              <th scope="row" className="font-normal normal-case">
                {one.name} <code className="text-xs break-all text-slate-600">{one.path}</code>
              </th>
              <td className="break-all">{one.stored ?? <em>{t('absent')}</em>}</td>
              <td className="break-all">{one.incoming ?? <em>{t('absent')}</em>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
