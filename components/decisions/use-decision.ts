'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { DecisionView } from '@/lib/decisions/schema.ts';
import type { Notice } from '@/lib/live/protocol.ts';
import { DecisionClient, type DecisionState } from './decision-client.ts';

// One per decision and tab: text that is not saved yet, or waits for a choice, outlives its form.
const open = new Map<string, DecisionClient>();

/** The decision of an agenda item, read now and kept up to date as far as notices come (`tellDecision`). */
export function useDecision(
  itemId: string,
  initial: DecisionView | null = null,
): { client: DecisionClient; state: DecisionState } {
  const client = useMemo(() => open.get(itemId) ?? new DecisionClient(itemId, initial), [itemId, initial]);
  const state = useSyncExternalStore(
    client.subscribe,
    () => client.state,
    () => client.state,
  );
  useEffect(() => {
    open.set(itemId, client);
    if (client.state.view === null) void client.pull();
    else if (initial === null) client.pullSoon();
    const back = () => document.visibilityState === 'visible' && client.pullSoon();
    const online = () => client.save();
    // Text on its way must not be lost by closing the tab.
    const leaving = (event: BeforeUnloadEvent) => {
      client.save();
      if (client.unsaved) event.preventDefault();
    };
    document.addEventListener('visibilitychange', back);
    window.addEventListener('online', online);
    window.addEventListener('beforeunload', leaving);
    return () => {
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('online', online);
      window.removeEventListener('beforeunload', leaving);
      client.save();
      if (!client.unsaved) open.delete(itemId);
    };
  }, [client, initial, itemId]);
  return { client, state };
}

/** Hands a room's notice to the decision that it is about, if it is shown here. */
export function tellDecision(notice: Extract<Notice, { type: 'decision.changed' }>, me: string | null): void {
  open.get(notice.agendaItemId)?.noticed(notice, me);
}

/** Something around a decision may have changed: who is present, or what was missed while away. */
export function refreshDecision(itemId: string): void {
  open.get(itemId)?.pullSoon();
}
