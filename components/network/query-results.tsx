'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { useCalendarDate } from '@/components/studies/use-format.ts';
import { Button } from '@/components/ui/button.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { NodeRow, QueryAnswer, RemoteStudy } from '@/lib/network/schema.ts';

/** What a node has, each study with a way to fetch it. */
export function QueryResults(props: { node: NodeRow; answer: QueryAnswer; onFetch: () => Promise<void> }) {
  const t = useTranslations('network');
  const { studies, truncated } = props.answer;
  return (
    <div className="space-y-2">
      <p role="status" className="text-sm text-slate-700">
        {t('found', { count: studies.length })}
        {truncated && ` ${t('truncated', { count: studies.length })}`}
      </p>
      {studies.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard.
        <section className="overflow-x-auto" aria-label={t('results')} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('patient')}</th>
                <th scope="col">{t('date')}</th>
                <th scope="col">{t('study')}</th>
                <th scope="col">{t('objects')}</th>
                <th scope="col" className="text-right">
                  {t('actions')}
                </th>
              </tr>
            </thead>
            <tbody>
              {studies.map((study) => (
                <ResultLine
                  key={study.studyInstanceUid}
                  node={props.node}
                  study={study}
                  onFetch={props.onFetch}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function ResultLine(props: { node: NodeRow; study: RemoteStudy; onFetch: () => Promise<void> }) {
  const t = useTranslations('network');
  const shell = useTranslations('shell');
  const say = useProblem();
  const date = useCalendarDate();
  const [busy, setBusy] = useState(false);
  const { study } = props;
  const name = study.patientName || study.patientId || t('noName');
  const fetchStudy = async () => {
    setBusy(true);
    try {
      await api('POST', `/api/network/nodes/${props.node.id}/pull`, {
        studyInstanceUid: study.studyInstanceUid,
        label: [name, study.description].filter(Boolean).join(' · ').slice(0, 300),
        instanceCount: study.instanceCount,
      });
      toast.success(t('fetching', { name }));
      await props.onFetch();
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <tr>
      <td>
        <span className="font-medium">{name}</span>
        <span className="block text-xs text-slate-600">
          {[study.patientId, study.patientBirthDate && t('born', { date: date(study.patientBirthDate) })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </td>
      <td className="whitespace-nowrap">{date(study.studyDate)}</td>
      <td>
        {study.description || t('noDescription')}
        <span className="block text-xs text-slate-600">
          {[study.modalities.join(', '), study.accessionNumber].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td className="whitespace-nowrap">
        {study.instanceCount}
        {study.here && (
          <Link href={`/studies/${study.here.id}`} className="link block text-xs">
            {t('here', { count: study.here.instanceCount })}
          </Link>
        )}
      </td>
      <td className="text-right">
        <Button
          disabled={busy}
          aria-label={
            study.here
              ? shell('about', { action: t('fetchAgain'), what: `${name}, ${date(study.studyDate)}` })
              : t('fetchName', { name, date: date(study.studyDate) })
          }
          onClick={() => void fetchStudy()}
        >
          {study.here ? t('fetchAgain') : t('fetch')}
        </Button>
      </td>
    </tr>
  );
}
