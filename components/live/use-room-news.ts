import { useEffect } from 'react';
import { refreshDecision, tellDecision } from '@/components/decisions/use-decision.ts';
import { tellKeyViews } from '@/components/key-views/use-key-views.ts';
import { tellNotes } from '@/components/notes/use-notes.ts';
import { useReason } from '@/components/shell/use-reason.ts';
import { showProblem } from '@/components/ui/problem.ts';
import { tellWaiting } from '@/components/waiting/use-waiting.ts';
import type { JoinedRoom } from './use-room.ts';

/** What a race with a hand-over of control brings: the view is simply not taken. */
const PASSING = new Set(['live_not_presenter', 'live_observer', 'state_conflict']);

/** Hands on what the room tells of things that are read beside it: decision, notes, agenda. Refusals are said in words. */
export function useRoomNews(
  { state, on }: JoinedRoom,
  { pull, currentItemId }: { pull: () => Promise<void>; currentItemId: string | null },
): void {
  const reason = useReason();
  const { me, room, snapshots } = state;
  useEffect(() => {
    on.onNotice = (notice) => {
      if (notice.type === 'decision.changed') tellDecision(notice, me);
      if (notice.type === 'notes.changed') tellNotes(notice.agendaItemId);
      if (notice.type === 'key-views.changed') tellKeyViews(notice.caseId);
      if (notice.type === 'waiting.changed' || notice.type === 'session.changed') tellWaiting();
      // A validation shows on the agenda; a single field does not.
      if (notice.type === 'session.changed' || (notice.type === 'decision.changed' && notice.field === null))
        void pull();
    };
    on.onRefused = (code) => {
      if (!PASSING.has(code)) showProblem(reason(code), code);
    };
  }, [on, me, pull, reason]);
  const present = room?.participants.length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: who is present, and what was missed, change the record.
  useEffect(() => {
    if (currentItemId) refreshDecision(currentItemId);
  }, [currentItemId, present, snapshots]);
}
