'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useAction } from '@/components/shell/use-action.ts';
import { useReason } from '@/components/shell/use-reason.ts';
import { Button } from '@/components/ui/button.tsx';
import { Badge } from '@/components/ui/page.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { CorrectionRow } from '@/lib/store/corrections/schema.ts';

const tones = { running: 'neutral', done: 'good', failed: 'bad', undone: 'neutral' } as const;

/** Corrections, the latest first: from whom to whom, why, by whom, and the way back while there is one. */
export function CorrectionList({ corrections }: { corrections: CorrectionRow[] }) {
  const t = useTranslations('corrections');
  const shell = useTranslations('shell');
  const format = useFormatter();
  const reason = useReason();
  const { busy, run } = useAction();
  const undo = (id: string) => run(id, () => api('POST', `/api/corrections/${id}/undo`), t('undone'));
  return (
    <ul className="divide-y divide-slate-100">
      {corrections.map((one) => {
        const whose = [...new Set(one.originals.map((study) => person(study.patientName, study.patientId)))];
        const fromTo = t('fromTo', {
          from: whose.join(', ') || t('noName'),
          to: person(one.patientName, one.patientId),
        });
        return (
          <li key={one.id} className="flex flex-wrap items-start justify-between gap-2 py-3">
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-medium break-words">{fromTo}</p>
              <p className="text-sm">
                {[t(`kind.${one.kind}`), t('studies', { count: one.originals.length }), one.centreCode].join(
                  ' · ',
                )}
                {one.newStudyId && (
                  <>
                    {' · '}
                    <Link href={`/studies/${one.newStudyId}`} className="link">
                      {t('openStudy')}
                    </Link>
                  </>
                )}
              </p>
              <p className="text-sm text-slate-700">
                {t('correctedBy', {
                  who: one.byName || t('somebody'),
                  date: format.dateTime(new Date(one.createdAt), {
                    dateStyle: 'medium',
                    timeStyle: 'short',
                    hourCycle: 'h23',
                  }),
                  reason: one.reason,
                })}
              </p>
              {one.failure && <p className="text-sm text-red-800">{reason(one.failure)}</p>}
            </div>
            <div className="flex flex-wrap items-center gap-2">
              <Badge tone={tones[one.state]}>{t(`state.${one.state}`)}</Badge>
              {one.state === 'done' && one.newStudyId && (
                <Button
                  disabled={busy === one.id}
                  aria-label={shell('about', { action: t('undo'), what: fromTo })}
                  onClick={() => void undo(one.id)}
                >
                  {t('undo')}
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const person = (name: string, id: string): string => [name, id && `(${id})`].filter(Boolean).join(' ');
