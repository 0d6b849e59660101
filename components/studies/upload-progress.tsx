'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { ProgressBar } from '@/components/ui/progress-bar.tsx';
import type { QueueSnapshot } from './upload-queue.ts';
import { useBytes } from './use-format.ts';

/** How far a drop is, in all and for the files underway, and how to stop it or go on. */
export function UploadProgress(props: {
  snapshot: QueueSnapshot;
  onCancel: () => void;
  onResume: () => void;
  onAnother: () => void;
}) {
  const t = useTranslations('upload');
  const bytes = useBytes();
  const { state, files, bytes: size, outcomes, sending, stoppedBy, waiting } = props.snapshot;
  const complete = state === 'done' && files.failed === 0;
  const amount = t('amount', {
    done: files.done,
    total: files.total,
    sent: bytes(size.sent),
    size: bytes(size.total),
  });
  const summary = t('summary', { ...outcomes });
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">
          {complete
            ? t('complete')
            : state === 'running'
              ? t('running')
              : state === 'done'
                ? t('someFailed', { count: files.failed })
                : t('stopped')}
        </p>
        <div className="flex gap-2">
          {state === 'running' && <Button onClick={props.onCancel}>{t('cancel')}</Button>}
          {(state === 'stopped' || (state === 'done' && !complete)) && (
            <Button look="primary" onClick={props.onResume}>
              {t('resume')}
            </Button>
          )}
          {state !== 'running' && <Button onClick={props.onAnother}>{t('another')}</Button>}
        </div>
      </div>
      <ProgressBar label={t('progress')} value={complete ? 1 : size.sent} max={complete ? 1 : size.total} />
      <p className="text-sm text-slate-700">{amount}</p>
      {waiting && <Notice tone="warn">{t('waiting')}</Notice>}
      {stoppedBy && <Notice tone="bad">{stoppedBy.title || t('stopped')}</Notice>}
      {sending.length > 0 && (
        <ul aria-label={t('underway')} className="space-y-1 text-xs text-slate-600">
          {sending.map((one) => (
            <li key={`${one.path} ${one.size}`} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{one.path}</span>
              <ProgressBar label={one.path} className="h-1.5 w-24 shrink-0" value={one.sent} max={one.size} />
            </li>
          ))}
        </ul>
      )}
      <p className="font-medium">{summary}</p>
      <Announcement
        quarter={files.total > 0 ? Math.floor((4 * files.done) / files.total) : 0}
        state={state}
        text={`${amount} ${summary}`}
      />
    </div>
  );
}

/** What a screen reader hears: at every quarter and at the end, not at every file. */
function Announcement(props: { quarter: number; state: string; text: string }) {
  const [said, setSaid] = useState('');
  const latest = useRef(props.text);
  latest.current = props.text;
  const moment = `${props.quarter} ${props.state}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment is what it waits for.
  useEffect(() => setSaid(latest.current), [moment]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
