'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { StudySummary } from '@/lib/store/schema.ts';
import { StudyLine } from './study-line.tsx';

export type StudyPage = { studies: StudySummary[]; nextCursor: string | null };

/** Studies, newest first, page after page. `query` is the filter that the first page was read with. */
export function StudyList(props: { first: StudyPage; query: Record<string, string> }) {
  const t = useTranslations('studies');
  const say = useProblem();
  const [more, setMore] = useState<StudyPage[]>([]);
  const [busy, setBusy] = useState(false);
  const pages = [props.first, ...more];
  const cursor = pages.at(-1)?.nextCursor;

  const load = async () => {
    if (!cursor) return;
    setBusy(true);
    try {
      const url = `/api/studies?${new URLSearchParams({ ...props.query, cursor })}`;
      const page = await api<StudyPage>('GET', url);
      setMore((before) => [...before, page]);
    } catch (error) {
      showProblem(say(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ul className="card divide-y divide-slate-100 px-3">
        {pages
          .flatMap(({ studies }) => studies)
          .map((study) => (
            <li key={study.id}>
              <StudyLine study={study} />
            </li>
          ))}
      </ul>
      {cursor && (
        <div className="mt-3 text-center">
          <Button disabled={busy} onClick={() => void load()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}
