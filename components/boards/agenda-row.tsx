'use client';

import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Badge } from '@/components/ui/page.tsx';
import type { AgendaItemView } from '@/lib/boards/schema.ts';
import { DecisionLink } from './decision-link.tsx';
import { MinutesInput } from './minutes-input.tsx';
import { ClockTime } from './session-time.tsx';
import { useDraggableRow } from './use-draggable-row.ts';

type Direction = 'up' | 'down';

export type AgendaRowProps = {
  item: AgendaItemView;
  index: number;
  count: number;
  startsAt: Date;
  timeZone: string;
  discussed: boolean;
  mayEdit: boolean;
  mayWriteDecision: boolean;
  onMove: (direction: Direction) => void;
  onDropHere: (draggedId: string, edge: 'above' | 'below') => void;
  onRemove: () => void;
  onMinutes: (minutes: number) => void;
};

/** One case on the agenda. Moved by its handle, its buttons, or Alt with an arrow key anywhere in the row. */
export function AgendaRow(props: AgendaRowProps) {
  const t = useTranslations('agenda');
  const format = useFormatter();
  const { item, index, count, mayEdit } = props;
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const { dragging, edge } = useDraggableRow({
    row,
    handle,
    list: 'agenda',
    id: item.id,
    onDrop: props.onDropHere,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!mayEdit || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    props.onMove(event.key === 'ArrowUp' ? 'up' : 'down');
  };
  const mover = (direction: Direction, atEnd: boolean) => (
    <Button
      look="quiet"
      className="px-1.5 aria-disabled:cursor-not-allowed aria-disabled:text-slate-400"
      // Not `disabled`: the focus would be lost when the item reaches the end.
      aria-disabled={atEnd}
      aria-keyshortcuts={direction === 'up' ? 'Alt+ArrowUp' : 'Alt+ArrowDown'}
      aria-label={
        direction === 'up'
          ? t('moveUp', { patient: item.patientName })
          : t('moveDown', { patient: item.patientName })
      }
      data-move={direction}
      onClick={() => !atEnd && props.onMove(direction)}
    >
      {direction === 'up' ? (
        <ArrowUp aria-hidden="true" className="size-4" />
      ) : (
        <ArrowDown aria-hidden="true" className="size-4" />
      )}
    </Button>
  );
  return (
    <li
      ref={row}
      data-item={item.id}
      onKeyDown={onKeyDown}
      className={`relative flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-3 ${dragging ? 'opacity-40' : ''} ${props.discussed ? 'bg-teal-50' : ''}`}
    >
      {edge && (
        <span
          aria-hidden="true"
          className={`absolute inset-x-0 h-0.5 bg-teal-700 ${edge === 'above' ? '-top-px' : '-bottom-px'}`}
        />
      )}
      <span
        ref={handle}
        aria-hidden="true"
        title={t('drag')}
        className={`mt-0.5 cursor-grab text-slate-500 ${mayEdit ? '' : 'hidden'}`}
      >
        <GripVertical className="size-5" />
      </span>
      <span className="w-12 font-medium">
        <ClockTime startsAt={props.startsAt} timeZone={props.timeZone} />
      </span>
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link href={`/cases/${item.caseId}`} className="link min-w-0 font-medium break-words">
            {item.patientName}
          </Link>
          {item.birthDate && (
            <span className="text-sm text-slate-600">
              {t('born', {
                date: format.dateTime(new Date(item.birthDate), { dateStyle: 'medium', timeZone: 'UTC' }),
              })}
            </span>
          )}
          {props.discussed && <Badge tone="good">{t('discussedNow')}</Badge>}
        </p>
        <p className="break-words text-slate-800">{item.reason}</p>
        <p className="line-clamp-2 text-sm break-words text-slate-600">{item.question}</p>
        <p className="mt-1 flex flex-wrap gap-x-4 text-sm">
          <span className="text-slate-600">{t('studies', { count: item.studyCount })}</span>
          <DecisionLink item={item} mayWrite={props.mayWriteDecision} />
        </p>
      </div>
      <div className="ml-auto flex items-center gap-1">
        {mayEdit ? (
          <>
            <MinutesInput
              label={t('plannedMinutes', { patient: item.patientName })}
              value={item.plannedMinutes}
              onSave={props.onMinutes}
            />
            <span aria-hidden="true" className="mr-2 text-sm text-slate-600">
              {t('min')}
            </span>
            {mover('up', index === 0)}
            {mover('down', index === count - 1)}
            <Button
              look="quiet"
              className="px-1.5"
              aria-label={t('remove', { patient: item.patientName })}
              onClick={props.onRemove}
            >
              <X aria-hidden="true" className="size-4" />
            </Button>
          </>
        ) : (
          <span className="text-sm text-slate-700 tabular-nums">
            {item.plannedMinutes} {t('min')}
          </span>
        )}
      </div>
    </li>
  );
}
