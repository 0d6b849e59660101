'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button, buttonClass } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/page.tsx';
import { runningTimes } from '@/lib/boards/agenda-change.ts';
import type { SessionView } from '@/lib/boards/schema.ts';
import { AgendaRow } from './agenda-row.tsx';
import { CaseSearch } from './case-search.tsx';
import { ClockTime } from './session-time.tsx';
import { useAgenda } from './use-agenda.ts';

/** The agenda of a session: what is discussed when, in which order, and for its editors all that changes it. */
export function Agenda({ session }: { session: SessionView }) {
  const t = useTranslations('agenda');
  const { agenda, ...change } = useAgenda(session);
  const { starts, end, minutes } = runningTimes(session.startsAt, agenda);
  const over = minutes - session.durationMinutes;
  const mayEdit = session.may.edit;

  // A row that moves in the document loses the focus: give it back to the control that moved it.
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<{ id: string; control: string }>(undefined);
  useEffect(() => {
    if (!moved.current) return;
    const { id, control } = moved.current;
    moved.current = undefined;
    list.current?.querySelector<HTMLElement>(`[data-item="${id}"] [data-move="${control}"]`)?.focus();
  });

  return (
    <section aria-labelledby="agenda-title" className="space-y-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="agenda-title">{t('title')}</h2>
        {agenda.length > 0 && (
          <p className={`text-sm ${over > 0 ? 'font-medium text-amber-900' : 'text-slate-600'}`}>
            {over > 0
              ? t('over', { minutes, over })
              : t('planned', { minutes, duration: session.durationMinutes })}
            {' · '}
            {t('until')} <ClockTime startsAt={end} timeZone={session.timeZone} />
          </p>
        )}
      </div>
      {change.refusedOrder && (
        <Notice tone="warn">
          <p className="font-medium">{t('conflict')}</p>
          <p className="mt-1">{t('yourOrder')}</p>
          <ol className="mt-1 list-decimal pl-6">
            {change.refusedOrder.map((item) => (
              <li key={item.id}>{item.patientName}</li>
            ))}
          </ol>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button onClick={() => change.applyRefused(change.refusedOrder?.map((item) => item.id) ?? [])}>
              {t('applyMine')}
            </Button>
            <Button onClick={change.dropRefused}>{t('keepTheirs')}</Button>
          </div>
        </Notice>
      )}
      {agenda.length > 0 ? (
        <ol ref={list} aria-labelledby="agenda-title" className="card divide-y divide-slate-200">
          {agenda.map((item, index) => (
            <AgendaRow
              key={item.id}
              item={item}
              index={index}
              count={agenda.length}
              startsAt={starts[index] ?? end}
              timeZone={session.timeZone}
              discussed={item.id === session.currentItemId}
              mayEdit={mayEdit}
              mayWriteDecision={session.may.writeDecision}
              onMove={(direction) => {
                moved.current = { id: item.id, control: direction };
                change.move(item, direction === 'up' ? index - 1 : index + 1);
              }}
              onDropHere={(draggedId, edge) => {
                const from = agenda.findIndex((one) => one.id === draggedId);
                const dragged = agenda[from];
                // The index among the others: one less when the dragged one comes from above.
                const to = index + (edge === 'below' ? 1 : 0) - (from < index ? 1 : 0);
                if (dragged) change.move(dragged, to);
              }}
              onRemove={() => change.remove(item)}
              onMinutes={(plannedMinutes) => change.setMinutes(item, plannedMinutes)}
            />
          ))}
        </ol>
      ) : (
        <div className="card px-4 py-8 text-center">
          <p className="font-medium">{t('none')}</p>
          <p className="mt-1 text-slate-600">{mayEdit ? t('noneEdit') : t('noneOther')}</p>
        </div>
      )}
      {mayEdit && (
        <div className="card flex flex-wrap items-start gap-x-4 gap-y-3 p-4">
          <div className="min-w-64 flex-1">
            <CaseSearch known={agenda.map((item) => item.caseId)} onChoose={change.add} />
          </div>
          <Link
            href={`/cases/new?sessionId=${session.id}`}
            prefetch={false}
            className={buttonClass('plain', 'sm:mt-6')}
          >
            {t('newCase')}
          </Link>
        </div>
      )}
    </section>
  );
}
