'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { useReason } from '@/components/shell/use-reason.ts';
import { Button } from '@/components/ui/button.tsx';
import { Badge } from '@/components/ui/page.tsx';
import { api } from '@/lib/http/api-client.ts';
import type { KeptObject, QuarantineRow } from '@/lib/store/schema.ts';
import { useBytes } from './use-format.ts';

/** Objects that were kept aside, the open ones first, beside what is stored under the same UID. */
export function QuarantineList({ objects }: { objects: QuarantineRow[] }) {
  const t = useTranslations('quarantine');
  const router = useRouter();
  const say = useProblem();
  const reason = useReason();
  const [busy, setBusy] = useState<string>();
  const resolve = async (id: string) => {
    setBusy(id);
    try {
      await api('POST', `/api/quarantine/${id}`);
      toast.success(t('resolved'));
      router.refresh();
    } catch (error) {
      toast.error(say(error));
    } finally {
      setBusy(undefined);
    }
  };
  const ordered = [...objects].sort((a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null));
  return (
    <ul className="space-y-3">
      {ordered.map((one) => (
        <li key={one.id} className="card space-y-3 p-4">
          <div className="flex flex-wrap items-start justify-between gap-2">
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-medium break-all">{one.sourceName || t('noSource')}</p>
              <p className="text-sm text-slate-700">{reason(one.reason)}</p>
            </div>
            {one.resolvedAt ? (
              <Badge tone="good">{t('lookedInto')}</Badge>
            ) : (
              <Button disabled={busy === one.id} onClick={() => void resolve(one.id)}>
                {t('resolve')}
              </Button>
            )}
          </div>
          <dl className="grid gap-3 text-sm sm:grid-cols-3">
            <div>
              <dt className="text-xs font-medium text-slate-600">{t('aside', { centre: one.centreCode })}</dt>
              <dd>
                <Kept object={one} />
              </dd>
            </div>
            <div>
              <dt className="text-xs font-medium text-slate-600">{t('stored')}</dt>
              <dd>
                {one.stored ? (
                  <Link href={`/studies/${one.stored.studyId}`} className="link">
                    <Kept object={one.stored} />
                  </Link>
                ) : (
                  t('notStored')
                )}
              </dd>
            </div>
            <div className="min-w-0">
              <dt className="text-xs font-medium text-slate-600">SOP Instance UID</dt>
              <dd className="break-all">{one.sopInstanceUid}</dd>
            </div>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Kept({ object }: { object: KeptObject }) {
  const format = useFormatter();
  const bytes = useBytes();
  const when = format.dateTime(new Date(object.receivedAt), {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return `${when} · ${bytes(object.size)}`;
}
