'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useReason } from '@/components/shell/use-reason.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import type { QuarantineRow } from '@/lib/store/schema.ts';
import { decisionsFor, type useQuarantine } from './use-quarantine.ts';

/** Fewer are decided one by one. */
const BULK_FROM = 2;
/** As many as one request takes. */
const MOST = 500;

/** One decision for all open objects of one reason, or for those of them that one sender brought. */
export function QuarantineBulk(props: { open: QuarantineRow[] } & ReturnType<typeof useQuarantine>) {
  const reasons = [...new Set(props.open.map(({ reason }) => reason))];
  return reasons
    .map((reason) => props.open.filter((one) => one.reason === reason))
    .filter((objects) => objects.length >= BULK_FROM)
    .map((objects) => <OneReason key={objects[0]?.reason} {...props} open={objects} />);
}

function OneReason({ open, decide, busy }: Parameters<typeof QuarantineBulk>[0]) {
  const t = useTranslations('quarantine');
  const sentence = useReason();
  const [sender, setSender] = useState('');
  const reason = open[0]?.reason ?? '';
  const senders = [...new Set(open.map(({ sourceName }) => sourceName))].filter(Boolean).sort();
  const chosen = open.filter((one) => sender === '' || one.sourceName === sender).slice(0, MOST);
  return (
    <section className="card mb-3 space-y-3 p-4" aria-label={t('bulk')}>
      <p className="text-sm">
        <span className="font-medium">{t('bulkCount', { count: open.length })}</span> {sentence(reason)}
      </p>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t('sender')}>
          {(control) => (
            <select
              {...control}
              className="field h-9 max-w-64"
              value={sender}
              onChange={(event) => setSender(event.target.value)}
            >
              <option value="">{t('anySender')}</option>
              {senders.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Field>
        {decisionsFor(reason)
          // Taking new objects unseen would replace what is stored by whatever came.
          .filter((decision) => decision !== 'take_new')
          .map((decision) => (
            <Button
              key={decision}
              look={decision === 'discard' ? 'danger' : 'plain'}
              disabled={busy || chosen.length === 0}
              onClick={() =>
                void decide(
                  chosen.map(({ id }) => id),
                  decision,
                )
              }
            >
              {t(`bulkDecision.${decision}`, { count: chosen.length })}
            </Button>
          ))}
      </div>
    </section>
  );
}
