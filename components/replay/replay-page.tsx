'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { SessionRecord } from '@/lib/live/record/schema.ts';
import { Replay } from './replay.tsx';

/** A session's record, fetched, and replayed when there is any. */
export function ReplayPage({ sessionId, title }: { sessionId: string; title: string }) {
  const t = useTranslations('replay');
  const v = useTranslations('viewer');
  const shell = useTranslations('shell');
  const say = useProblem();
  const [record, setRecord] = useState<SessionRecord | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    let open = true;
    api<SessionRecord>('GET', `/api/sessions/${sessionId}/record`).then(
      (found) => open && setRecord(found),
      (error: unknown) => open && setProblem(error),
    );
    return () => {
      open = false;
    };
  }, [sessionId]);
  return (
    <div className="flex h-full flex-col">
      <header className="flex items-center gap-3 border-b border-neutral-800 px-3 py-1.5">
        <Link
          href={`/sessions/${sessionId}`}
          aria-label={v('back')}
          className="inline-flex size-8 items-center justify-center rounded-md hover:bg-neutral-800"
        >
          <ArrowLeft size={18} aria-hidden />
        </Link>
        <h1 className="truncate text-base font-semibold">{t('title')}</h1>
        <p className="min-w-0 flex-1 truncate text-neutral-300">{title}</p>
      </header>
      {record === null ? (
        <p role={problem ? 'alert' : 'status'} className="p-4">
          {problem ? say(problem) : shell('loading')}
        </p>
      ) : record.spans.length === 0 ? (
        <p className="p-4 text-neutral-300">{t('nothing')}</p>
      ) : (
        <Replay record={record} />
      )}
    </div>
  );
}
