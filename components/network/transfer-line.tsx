'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { Button } from '@/components/ui/button.tsx';
import { Badge } from '@/components/ui/page.tsx';
import { showProblem } from '@/components/ui/problem.ts';
import { ProgressBar } from '@/components/ui/progress-bar.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { TransferRow } from '@/lib/network/schema.ts';
import { useNetworkReason, useWhen } from './use-network-words.ts';

const tones = {
  waiting: 'neutral',
  running: 'neutral',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
} as const;

/** One transfer: what, where to, how far, and in words why not further. */
export function TransferLine(props: { transfer: TransferRow; onChange: () => Promise<void> }) {
  const t = useTranslations('network');
  const when = useWhen();
  const { transfer } = props;
  const label = transfer.label || t('noDescription');
  const way = transfer.direction === 'push' ? 'toNode' : 'fromNode';
  return (
    <li className="space-y-1.5 py-3" data-transfer={transfer.id} data-state={transfer.state}>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-medium break-words">
            {transfer.studyId ? (
              <Link href={`/studies/${transfer.studyId}`} className="link">
                {label}
              </Link>
            ) : (
              label
            )}{' '}
            <span className="font-normal">{t(way, { node: transfer.nodeName })}</span>{' '}
            {transfer.deidentified && <Badge>{t('deidentified')}</Badge>}
          </p>
          <p className="text-xs text-slate-600">
            {t('by', { who: transfer.requestedBy, when: when(transfer.createdAt) })}
          </p>
        </div>
        <div className="flex items-center gap-2">
          <Badge tone={tones[transfer.state]}>{t(`states.${transfer.state}`)}</Badge>
          <TransferActions transfer={transfer} label={label} onChange={props.onChange} />
        </div>
      </div>
      <TransferProgress transfer={transfer} label={label} />
      <TransferReason transfer={transfer} />
    </li>
  );
}

function TransferProgress({ transfer, label }: { transfer: TransferRow; label: string }) {
  const t = useTranslations('network');
  const { sent, total, failed } = transfer;
  const counts = total > 0 ? t('counts', { sent, total }) : t('countsOnly', { sent });
  return (
    <div className="flex items-center gap-3">
      <ProgressBar label={t('progress', { label, sent, total })} value={sent} max={total} />
      <span className="text-xs whitespace-nowrap text-slate-700">
        {[counts, failed > 0 && t('failedCount', { count: failed })].filter(Boolean).join(', ')}
      </span>
    </div>
  );
}

function TransferReason({ transfer }: { transfer: TransferRow }) {
  const t = useTranslations('network');
  const reason = useNetworkReason();
  const when = useWhen();
  if (!transfer.reason) return null;
  return (
    <div className="text-sm text-slate-700">
      <p>
        {reason(transfer.reason)}{' '}
        {transfer.state === 'waiting' &&
          transfer.nextAttemptAt &&
          t('nextAttempt', { when: when(transfer.nextAttemptAt) })}
      </p>
      {transfer.detail && (
        <details className="text-xs text-slate-600">
          <summary className="cursor-pointer">{t('details')}</summary>
          <p className="break-words">{transfer.detail}</p>
        </details>
      )}
    </div>
  );
}

function TransferActions(props: { transfer: TransferRow; label: string; onChange: () => Promise<void> }) {
  const t = useTranslations('network');
  const shell = useTranslations('shell');
  const say = useProblem();
  const [busy, setBusy] = useState(false);
  const { id, may, state } = props.transfer;
  const act = async (verb: 'retry' | 'cancel') => {
    setBusy(true);
    try {
      await api('POST', `/api/network/transfers/${id}/${verb}`);
    } catch (error) {
      showProblem(say(error));
    } finally {
      await props.onChange();
      setBusy(false);
    }
  };
  const { label } = props;
  return (
    <>
      {may.retry && (state !== 'waiting' || props.transfer.reason) && (
        <Button
          disabled={busy}
          aria-label={
            state === 'waiting'
              ? shell('about', { action: t('tryNow'), what: label })
              : t('retryName', { label })
          }
          onClick={() => void act('retry')}
        >
          {state === 'waiting' ? t('tryNow') : t('retry')}
        </Button>
      )}
      {may.cancel && (
        <Button
          look="quiet"
          disabled={busy}
          aria-label={t('cancelName', { label })}
          onClick={() => void act('cancel')}
        >
          {t('cancel')}
        </Button>
      )}
    </>
  );
}
