'use client';

import { useMemo } from 'react';
import { useReason } from '@/components/shell/use-reason.ts';
import { showProblem } from '@/components/ui/problem.ts';
import type { Annotating } from '@/components/viewer/contract.ts';
import type { Measurement } from '@/lib/live/measurement-state.ts';
import { mayAnnotate, presenterOf } from '@/lib/live/reducer.ts';
import { newId } from './new-id.ts';
import type { Intent } from './use-command.ts';
import type { JoinedRoom } from './use-room.ts';

/** What is drawn on a case beside the shared view, and where what this person draws goes. */
export function useAnnotating({ client, state }: JoinedRoom, itemId: string): Annotating {
  const reason = useReason();
  const { room, me, free } = state;
  const presenting = room !== null && presenterOf(room) === me;
  const leads = presenting || (room !== null && room.chairId === me);
  const may = room !== null && me !== null && !free && mayAnnotate(room, me);
  const draws = presenting ? 'view' : may ? 'annotation' : 'own';
  const annotations = room?.annotations.ofItem[itemId];
  const participants = room?.participants;
  return useMemo(() => {
    const say = async (intent: Intent) => {
      const answer = await client?.command({ ...intent, clientId: newId() });
      if (answer && !answer.ok) showProblem(reason(answer.code));
    };
    return {
      draws,
      list: (annotations ?? []).map(({ by, author, drawn }) => {
        // As they are called now; who has left keeps the name and the colour they had.
        const here = participants?.find((one) => one.personId === by);
        const [name, colour] = here ? [here.displayName, here.colour] : [author.name, author.colour];
        return { drawn, name, colour, mine: by === me, leads };
      }),
      put: (drawn: Measurement) => say({ type: 'annotation.put', itemId, drawn }),
      remove: (annotationId: string) => say({ type: 'annotation.remove', itemId, annotationId }),
    };
  }, [client, reason, draws, leads, annotations, participants, me, itemId]);
}
