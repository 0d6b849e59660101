'use client';

import { useTranslations } from 'next-intl';
import { api } from '@/lib/http/api-client.ts';
import type { RetentionRow } from '@/lib/store/corrections/schema.ts';
import { TermForm } from './term-form.tsx';

/** For how many years a centre keeps what came, whoever deletes it. */
export function RetentionForm({ centre }: { centre: RetentionRow }) {
  const t = useTranslations('corrections');
  return (
    <TermForm
      label={t('retention', { centre: centre.code })}
      hint={t('retentionHint')}
      done={t('retentionSaved')}
      stored={centre.retentionYears === null ? '' : String(centre.retentionYears)}
      most={100}
      save={(years) =>
        api('PATCH', `/api/centres/${centre.id}`, { retentionYears: years === '' ? null : Number(years) })
      }
    />
  );
}
