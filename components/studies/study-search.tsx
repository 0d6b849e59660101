'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Field } from '@/components/ui/field.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { StudySummary } from '@/lib/store/schema.ts';
import { StudyLine } from './study-line.tsx';

const PAUSE_MS = 250;
const SHOWN = 20;

/** Finds a study among those that one may read; `action` is what can be done with each. */
export function StudySearch(props: { initial: string; action: (study: StudySummary) => ReactNode }) {
  const t = useTranslations('studies');
  const say = useProblem();
  const [query, setQuery] = useState(props.initial);
  const [found, setFound] = useState<StudySummary[]>();
  const [problem, setProblem] = useState<string>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` is another function at every drawing.
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const url = `/api/studies?${new URLSearchParams({ query, limit: String(SHOWN) })}`;
        const { studies } = await api<{ studies: StudySummary[] }>('GET', url);
        if (!current) return;
        setFound(studies);
        setProblem(undefined);
      } catch (error) {
        if (current) setProblem(say(error));
      }
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query]);

  return (
    <div>
      <Field label={t('search')} hint={t('searchHint')}>
        {(control) => (
          <input
            {...control}
            type="search"
            className="field"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
      </Field>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <p role="status" className="mt-2 text-sm text-slate-600">
        {found ? t('foundStudies', { count: found.length }) : ''}
      </p>
      <ul className="max-h-96 divide-y divide-slate-100 overflow-y-auto">
        {found?.map((study) => (
          <li key={study.id}>
            <StudyLine study={study}>{props.action(study)}</StudyLine>
          </li>
        ))}
      </ul>
    </div>
  );
}
