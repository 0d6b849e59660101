'use client';

import { useTranslations } from 'next-intl';
import { api } from '@/lib/http/api-client.ts';
import type { RecordRetention } from '@/lib/live/record/schema.ts';
import { TermForm } from './term-form.tsx';

/** For how many days a centre keeps the record of its live sessions. */
export function RecordRetentionForm({ centre }: { centre: RecordRetention }) {
  const t = useTranslations('replay');
  return (
    <TermForm
      label={t('retention', { centre: centre.code })}
      hint={t('retentionHint')}
      done={t('retentionSaved')}
      stored={String(centre.days)}
      most={3650}
      required
      save={(days) => api('PUT', `/api/centres/${centre.id}/record-retention`, { days: Number(days) })}
    />
  );
}
