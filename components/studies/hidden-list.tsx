'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useAction } from '@/components/shell/use-action.ts';
import { Button } from '@/components/ui/button.tsx';
import { Badge } from '@/components/ui/page.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { HiddenStudy } from '@/lib/store/corrections/schema.ts';
import { useCalendarDate } from './use-format.ts';

/** Deleted studies, with the days that are left to bring each back. */
export function HiddenList({ studies, now }: { studies: HiddenStudy[]; now: string }) {
  const t = useTranslations('corrections');
  const words = useTranslations('studies');
  const shell = useTranslations('shell');
  const format = useFormatter();
  const date = useCalendarDate();
  const { busy, run } = useAction();
  const restore = (id: string) => run(id, () => api('POST', `/api/studies/${id}/restore`), t('restored'));
  return (
    <ul className="divide-y divide-slate-100">
      {studies.map((one) => (
        <li key={one.id} className="flex flex-wrap items-start justify-between gap-2 py-3">
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-medium break-words">
              {one.patientName || words('noName')}{' '}
              <span className="text-xs font-normal text-slate-600">{one.patientId}</span>
            </p>
            <p className="text-sm">
              {[
                one.description || words('noDescription'),
                one.studyDate && date(one.studyDate),
                words('objects', { count: one.instanceCount }),
                one.centreCode,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <p className="text-sm text-slate-700">
              {t('deletedBy', {
                who: one.byName || t('somebody'),
                date: format.dateTime(new Date(one.hiddenAt), { dateStyle: 'medium' }),
                reason: one.reason,
              })}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {one.hold ? (
              <Badge tone="warn">{t('heldBadge')}</Badge>
            ) : (
              one.purgeAt && <Badge>{t('daysLeft', { count: daysUntil(one.purgeAt, now) })}</Badge>
            )}
            <Button
              disabled={busy === one.id}
              aria-label={shell('about', {
                action: t('restore'),
                what: `${one.patientName || words('noName')}, ${one.description || words('noDescription')}`,
              })}
              onClick={() => void restore(one.id)}
            >
              {t('restore')}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

const daysUntil = (date: string, now: string): number =>
  Math.max(0, Math.ceil((Date.parse(date) - Date.parse(now)) / 86_400_000));
