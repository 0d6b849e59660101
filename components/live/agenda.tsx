'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AgendaItemView, SessionView } from '@/lib/boards/schema.ts';
import type { Decide } from './use-command.ts';

/** The cases of the session in their order; whoever leads opens another one. A strip on wide screens, a list on narrow. */
export function Agenda(props: {
  session: SessionView;
  currentItemId: string | null;
  leads: boolean;
  busy: boolean;
  decide: Decide;
}) {
  const t = useTranslations('room');
  return (
    <nav aria-label={t('agenda')}>
      <ol className="flex gap-1 p-1.5 max-lg:flex-col lg:overflow-x-auto">
        {props.session.agenda.map((item, index) => {
          const current = item.id === props.currentItemId;
          const look = `flex w-full items-center gap-2 rounded-md px-2.5 py-1 text-left ${current ? 'bg-neutral-700 font-semibold' : 'text-neutral-200'}`;
          const content = <ItemLine item={item} number={index + 1} />;
          return (
            <li key={item.id} aria-current={current ? 'step' : undefined} className="min-w-0 lg:shrink-0">
              {props.leads && !current ? (
                <button
                  type="button"
                  disabled={props.busy}
                  title={item.question}
                  aria-label={t('openCase', { name: item.patientName })}
                  onClick={() => props.decide({ type: 'item.open', itemId: item.id })}
                  className={`${look} cursor-pointer hover:bg-neutral-800 disabled:cursor-progress`}
                >
                  {content}
                </button>
              ) : (
                <div title={item.question} className={look}>
                  {content}
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function ItemLine({ item, number }: { item: AgendaItemView; number: number }) {
  const t = useTranslations('room');
  return (
    <>
      <span className="text-neutral-400 tabular-nums">{number}</span>
      <span className="min-w-0 truncate lg:max-w-52">{item.patientName}</span>
      {(item.decision?.versions ?? 0) > 0 && (
        <Check role="img" aria-label={t('decided')} className="size-4 shrink-0 text-teal-300" />
      )}
      <span className="ml-auto shrink-0 text-xs font-normal text-neutral-400 tabular-nums">
        {t('minutes', { count: item.plannedMinutes })}
      </span>
    </>
  );
}
