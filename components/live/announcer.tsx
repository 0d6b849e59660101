'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { refreshDecision } from '@/components/decisions/use-decision.ts';
import type { SessionView } from '@/lib/boards/schema.ts';
import type { RoomEvent } from '@/lib/live/protocol.ts';
import type { RoomModel } from '@/lib/live/reducer.ts';
import type { RoomHandlers } from '@/lib/live/room-state.ts';
import { type Sentence, withSentence } from './sentences.ts';
import { useNames } from './use-names.ts';

/** Tells screen readers what the eyes see happen: who presents, which case is open, whose hand is up, what is recorded. */
export function Announcer(props: {
  session: SessionView;
  room: RoomModel | null;
  on: RoomHandlers;
  me: string | null;
}) {
  const t = useTranslations('room.announce');
  const [said, setSaid] = useState<readonly Sentence[]>([]);
  const { session, on, me } = props;
  const nameOf = useNames(session, props.room);
  useEffect(() => {
    const words = (event: RoomEvent): string => {
      switch (event.type) {
        case 'control.request':
          return event.by === me ? t('askedSelf') : t('asked', { name: nameOf(event.by) });
        case 'control.withdraw':
          return t('withdrawn', { name: nameOf(event.personId) });
        case 'control.give':
        case 'control.fall':
        case 'control.return':
          return event.to === me ? t('presentsSelf') : t('presents', { name: nameOf(event.to) });
        case 'control.take':
          return event.by === me ? t('presentsSelf') : t('presents', { name: nameOf(event.by) });
        case 'second.name':
          return event.personId === me ? t('secondSelf') : t('second', { name: nameOf(event.personId) });
        case 'second.end':
          return t('secondEnds');
        case 'annotation.allow':
          if (event.personId === undefined) return t('allMayAnnotate');
          return event.personId === me
            ? t('mayAnnotateSelf')
            : t('mayAnnotate', { name: nameOf(event.personId) });
        case 'annotation.stop':
          if (event.personId === undefined) return t('noneMayAnnotate');
          return event.personId === me
            ? t('mayNotAnnotateSelf')
            : t('mayNotAnnotate', { name: nameOf(event.personId) });
        case 'annotation.put':
          return event.by === me ? '' : t('annotated', { name: nameOf(event.by) });
        case 'annotation.remove':
          return event.by === me ? '' : t('unannotated', { name: nameOf(event.by) });
        case 'observer.mark':
          return event.personId === me ? t('observesSelf') : t('observes', { name: nameOf(event.personId) });
        case 'observer.unmark':
          return event.personId === me ? t('partSelf') : t('part', { name: nameOf(event.personId) });
        case 'item.open':
          return t('opened', {
            name: session.agenda.find((item) => item.id === event.itemId)?.patientName ?? '',
          });
        case 'hand.raise':
          return event.by === me ? t('handSelf') : t('hand', { name: nameOf(event.by) });
        case 'poll.ask':
          return t('pollAsked');
        case 'poll.vote':
          return event.by === me ? t('pollVoted') : '';
        case 'poll.close':
          return t('pollClosed');
        case 'hand.lower':
          return event.personId === me ? t('handDownSelf') : t('handDown', { name: nameOf(event.personId) });
        case 'record.set':
          return event.on ? t('recordOn') : t('recordOff');
        case 'record.mark':
          return t('marked', { name: nameOf(event.by) });
        // Who comes in is told when they are there.
        case 'waiting.admit':
        case 'waiting.decline':
          return '';
        case 'record.bookmark':
          return t('bookmarked', { name: nameOf(event.by) });
      }
    };
    on.onEvent = (event) => {
      const news = words(event);
      if (news) setSaid((before) => withSentence(before, news));
      if (event.type === 'record.bookmark' && event.itemId) refreshDecision(event.itemId);
    };
    return () => {
      on.onEvent = undefined;
    };
  }, [on, session, me, t, nameOf]);
  return (
    <div aria-live="polite" className="sr-only" data-announcement>
      {said.map(({ key, words }) => (
        <p key={key}>{words}</p>
      ))}
    </div>
  );
}
