'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useReason } from '@/components/shell/use-reason.ts';
import { Button } from '@/components/ui/button.tsx';
import { Badge } from '@/components/ui/page.tsx';
import type { KeptObject, QuarantineRow } from '@/lib/store/schema.ts';
import { QuarantineCompare } from './quarantine-compare.tsx';
import { useBytes } from './use-format.ts';
import { decisionsFor, type useQuarantine } from './use-quarantine.ts';

/** One object kept aside, beside what is stored under its UID, with what can be decided. */
export function QuarantineItem(props: { object: QuarantineRow } & ReturnType<typeof useQuarantine>) {
  const t = useTranslations('quarantine');
  const reason = useReason();
  const [comparing, setComparing] = useState(false);
  const { object, decide, reopen, busy } = props;
  return (
    <li className="card space-y-3 p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-medium break-all">{object.sourceName || t('noSource')}</p>
          <p className="text-sm text-slate-700">{reason(object.reason)}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {object.resolvedAt && <Badge tone="good">{t(`resolution.${resolutionOf(object)}`)}</Badge>}
          {object.resolution === null
            ? decisionsFor(object.reason).map((decision) => (
                <Button
                  key={decision}
                  look={decision === 'discard' ? 'danger' : 'plain'}
                  disabled={busy}
                  onClick={() => void decide([object.id], decision)}
                >
                  {t(`decision.${decision}`)}
                </Button>
              ))
            : object.resolution !== 'accepted' && (
                <Button disabled={busy} onClick={() => void reopen(object.id)}>
                  {t('reopen')}
                </Button>
              )}
        </div>
      </div>
      <dl className="grid gap-3 text-sm sm:grid-cols-3">
        <div>
          <dt className="text-xs font-medium text-slate-600">{t('aside', { centre: object.centreCode })}</dt>
          <dd>
            <Kept object={object} />
          </dd>
        </div>
        <div>
          <dt className="text-xs font-medium text-slate-600">{t('stored')}</dt>
          <dd>
            {object.stored ? (
              <Link href={`/studies/${object.stored.studyId}`} className="link">
                <Kept object={object.stored} />
              </Link>
            ) : (
              t('notStored')
            )}
          </dd>
        </div>
        <div className="min-w-0">
          <dt className="text-xs font-medium text-slate-600">SOP Instance UID</dt>
          <dd className="break-all">{object.sopInstanceUid}</dd>
        </div>
      </dl>
      <Button look="quiet" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
        {t(comparing ? 'hideComparison' : 'compare')}
      </Button>
      {comparing && <QuarantineCompare key={object.resolution} id={object.id} />}
    </li>
  );
}

const resolutions = ['kept_stored', 'took_new', 'accepted', 'discarded'] as const;
const resolutionOf = ({ resolution }: QuarantineRow) =>
  resolutions.find((one) => one === resolution) ?? 'lookedInto';

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
