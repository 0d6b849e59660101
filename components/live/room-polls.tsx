'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { PollCard } from '@/components/polls/poll-card.tsx';
import { PollForm } from '@/components/polls/poll-form.tsx';
import { usePolls } from '@/components/polls/use-polls.ts';
import { Button } from '@/components/ui/button.tsx';
import type { SessionView } from '@/lib/boards/schema.ts';
import { isObserver } from '@/lib/live/reducer.ts';
import type { RoomState } from '@/lib/live/room-state.ts';
import type { Decide } from './use-command.ts';

/** The open case's straw polls in the room: whoever leads asks and closes, whoever is invited answers. */
export function RoomPolls(props: {
  itemId: string;
  session: SessionView;
  state: RoomState;
  leads: boolean;
  busy: boolean;
  decide: Decide;
}) {
  const t = useTranslations('poll');
  const { itemId, state, decide, busy } = props;
  const { room, me, snapshots } = state;
  const polls = usePolls(itemId, `${room?.poll.seq} ${snapshots}`);
  const [asking, setAsking] = useState(false);
  const openId = room?.poll.openId ?? null;
  const invited = me === room?.chairId || props.session.participants.some((one) => one.personId === me);
  const votes = invited && room !== null && me !== null && !isObserver(room, me);
  const mayAsk = props.leads && openId === null;
  if (polls.length === 0 && !mayAsk) return null;
  return (
    <section aria-label={t('title')} className="space-y-2">
      {polls.map((poll) => (
        <PollCard
          key={poll.id}
          poll={poll}
          busy={busy}
          onVote={
            poll.id === openId && votes
              ? (option) => decide({ type: 'poll.vote', pollId: poll.id, option })
              : undefined
          }
          onClose={
            poll.id === openId && props.leads
              ? () => decide({ type: 'poll.close', pollId: poll.id })
              : undefined
          }
        />
      ))}
      {mayAsk && !asking && <Button onClick={() => setAsking(true)}>{t('ask')}</Button>}
      {mayAsk && asking && (
        <PollForm
          onCancel={() => setAsking(false)}
          // What was typed stays until the room has it.
          onAsk={(words) => decide({ type: 'poll.ask', itemId, ...words }, () => setAsking(false))}
        />
      )}
    </section>
  );
}
