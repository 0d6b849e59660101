'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { NoteClient, type NotesState } from './note-client.ts';

// One per case and tab: words that are not stored yet outlive their form, and a case that is left.
const open = new Map<string, NoteClient>();

/** The side notes of an agenda item; read again whenever `changed` differs. */
export function useNotes(itemId: string, changed: number): { client: NoteClient; state: NotesState } {
  const client = useMemo(() => open.get(itemId) ?? new NoteClient(itemId), [itemId]);
  const state = useSyncExternalStore(
    client.subscribe,
    () => client.state,
    () => client.state,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever has changed is in what is read.
  useEffect(() => void client.pull(), [client, changed]);
  useEffect(() => {
    open.set(itemId, client);
    const online = () => client.save();
    const leaving = (event: BeforeUnloadEvent) => {
      client.save();
      if (client.unsaved) event.preventDefault();
    };
    const told = (event: Event) => {
      if (event instanceof CustomEvent && event.detail === itemId) void client.pull();
    };
    window.addEventListener('online', online);
    window.addEventListener('beforeunload', leaving);
    window.addEventListener(NOTES_CHANGED, told);
    return () => {
      window.removeEventListener('online', online);
      window.removeEventListener('beforeunload', leaving);
      window.removeEventListener(NOTES_CHANGED, told);
      client.save();
      if (!client.unsaved) open.delete(itemId);
    };
  }, [client, itemId]);
  return { client, state };
}

const NOTES_CHANGED = 'consilium:notes';

/** Somebody has changed what they share beside a case: if it is shown here, it is read again. */
export function tellNotes(itemId: string): void {
  window.dispatchEvent(new CustomEvent(NOTES_CHANGED, { detail: itemId }));
}
