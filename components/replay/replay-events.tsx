'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useFieldLabels } from '@/components/decisions/record-view.tsx';
import type { DecisionField } from '@/lib/decisions/schema.ts';
import type { RoomEvent } from '@/lib/live/protocol.ts';
import type { DecisionMoment, SessionRecord } from '@/lib/live/record/schema.ts';
import type { Timeline } from '@/lib/live/record/timeline.ts';
import type { Playing } from './use-playing.ts';

type Line = { key: string; at: number; time: number; words: string };

/** What happened, in order; each line leads to its moment. */
export function ReplayEvents(props: { record: SessionRecord; timeline: Timeline; playing: Playing }) {
  const t = useTranslations('replay');
  const format = useFormatter();
  const { record, timeline, playing } = props;
  const words = useEventWords(record);
  const decided = useDecisionWords();
  const clock = (time: number) =>
    format.dateTime(new Date(time), {
      timeStyle: 'medium',
      hourCycle: 'h23',
      timeZone: record.timeZone,
    });
  const lines: Line[] = [
    ...timeline.events.flatMap(({ at, event }) => {
      const said = words(event);
      return said ? [{ key: `e${event.seq}`, at, time: Date.parse(event.at), words: said }] : [];
    }),
    ...timeline.decisions.map(({ at, moment }) => ({
      key: `d${moment.at} ${moment.field}`,
      at,
      time: Date.parse(moment.at),
      words: decided(moment),
    })),
    ...timeline.gaps.map((gap) => ({
      key: `g${gap.from}`,
      at: gap.at,
      time: gap.from,
      words: t('gapUntil', { until: clock(gap.until) }),
    })),
  ].sort((a, b) => a.time - b.time);
  const present = lines.findLastIndex((one) => one.at <= playing.position);
  return (
    <ol className="p-1">
      {lines.map((one, index) => (
        <li key={one.key}>
          <button
            type="button"
            aria-current={index === present ? 'step' : undefined}
            onClick={() => playing.seek(one.at)}
            className="flex min-h-8 w-full cursor-pointer gap-2 rounded px-2 py-1 text-left hover:bg-neutral-800 aria-[current]:bg-neutral-800 aria-[current]:text-teal-200"
          >
            <span className="shrink-0 text-neutral-400 tabular-nums">{clock(one.time)}</span>
            <span className="min-w-0 break-words">{one.words}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** What an event is called in the list; null for one that says nothing without the room around it. */
function useEventWords(record: SessionRecord): (event: RoomEvent) => string | null {
  const t = useTranslations('replay');
  const nameOf = (personId: string | undefined) =>
    record.people.find((one) => one.personId === personId)?.displayName ?? '';
  return (event) => {
    switch (event.type) {
      case 'item.open':
        return t('opened', {
          name: record.items.find(({ id }) => id === event.itemId)?.patientName ?? '',
        });
      case 'control.give':
      case 'control.fall':
      case 'control.return':
        return t('presents', { name: nameOf(event.to) });
      case 'control.take':
        return t('presents', { name: nameOf(event.by) });
      case 'record.set':
        return t(event.on ? 'recordOn' : 'recordOff');
      case 'record.mark':
        return event.text
          ? t('markedAs', { name: nameOf(event.by), text: event.text })
          : t('marked', { name: nameOf(event.by) });
      case 'record.bookmark':
        return t('bookmarked', { name: nameOf(event.by) });
      case 'poll.ask':
        return t('asked', { name: nameOf(event.by) });
      default:
        return null;
    }
  };
}

/** What was done to a decision, and by whom; the words themselves stand in the decision. */
function useDecisionWords(): (moment: DecisionMoment) => string {
  const t = useTranslations('replay');
  const label = useFieldLabels();
  return ({ what, byName: name, field }) =>
    what === 'written'
      ? t('decided.written', { name, field: label(field as DecisionField) })
      : t(`decided.${what}`, { name });
}
