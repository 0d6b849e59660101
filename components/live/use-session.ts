'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionView } from '@/lib/boards/schema.ts';
import { api } from '@/lib/http/api-client.ts';
import type { RoomState } from '@/lib/live/room-state.ts';

/**
 * The session with its agenda beside the room: pulled anew whenever the room tells of another version, and after
 * every reconnection. A failed pull keeps what is shown; the next reconnection pulls again.
 */
export function useSession(initial: SessionView, { room, snapshots }: RoomState) {
  const [session, setSession] = useState(initial);
  const pulling = useRef(false);
  const again = useRef(false);
  const pull = useCallback(async () => {
    again.current = true;
    if (pulling.current) return;
    pulling.current = true;
    while (again.current) {
      again.current = false;
      await api<SessionView>('GET', `/api/sessions/${initial.id}`)
        .then(setSession)
        .catch(() => undefined);
    }
    pulling.current = false;
  }, [initial.id]);

  // A change of language, or any other refresh of the page, brings a newer session along.
  useEffect(() => setSession(initial), [initial]);
  const behind = room !== null && room.agendaVersion > session.agendaVersion;
  useEffect(() => {
    if (behind || snapshots > 1) void pull();
  }, [behind, snapshots, pull]);
  return { session, pull };
}
