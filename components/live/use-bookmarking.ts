'use client';

import { useCallback } from 'react';
import type { DecisionField } from '@/lib/decisions/schema.ts';
import { shownView } from '@/lib/live/reducer.ts';
import type { Decide } from './use-command.ts';
import type { JoinedRoom } from './use-room.ts';

/** Puts what the room shows now beside a line of the decision; null while it is not recorded. */
export function useBookmarking(
  { client, state }: JoinedRoom,
  decide: Decide,
): ((field: DecisionField) => void) | null {
  const add = useCallback(
    (field: DecisionField) => {
      // Thirty views a second are no React state: the present one is asked for when it is wanted.
      const room = client?.state.room;
      const shown = room && shownView(room);
      if (shown) decide({ type: 'record.bookmark', itemId: shown.itemId, field, viewSeq: shown.seq });
    },
    [client, decide],
  );
  return state.room?.recording && state.room.currentItemId ? add : null;
}
