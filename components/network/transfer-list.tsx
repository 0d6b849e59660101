'use client';

import { useTranslations } from 'next-intl';
import { EmptyState, Notice } from '@/components/ui/page.tsx';
import { TransferLine } from './transfer-line.tsx';
import type { Transfers } from './use-transfers.ts';

/** What is being sent and fetched, the latest first. */
export function TransferList({ transfers, stale, refresh }: Transfers) {
  const t = useTranslations('network');
  return (
    <>
      {stale && <Notice tone="warn">{t('connectionLost')}</Notice>}
      {transfers.length === 0 ? (
        <EmptyState title={t('noTransfers')}>{t('noTransfersHint')}</EmptyState>
      ) : (
        <ul className="card divide-y divide-slate-100 px-4" aria-label={t('transfers')}>
          {transfers.map((transfer) => (
            <TransferLine key={transfer.id} transfer={transfer} onChange={refresh} />
          ))}
        </ul>
      )}
    </>
  );
}
