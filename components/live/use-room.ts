'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { RoomClient } from '@/lib/live/client.ts';
import { outside, type RoomHandlers, type RoomState } from '@/lib/live/room-state.ts';
import { viewsTickMs } from './views-pace.ts';

export type JoinedRoom = {
  client: RoomClient | null;
  state: RoomState;
  /** Set a handler to hear what comes too often, or too briefly, to be state. */
  on: RoomHandlers;
};

/**
 * This tab in a session's room, from the first paint until the page is left.
 * @param images false: the page has no viewer, which the presenter is told
 */
export function useRoom(sessionId: string, images = true): JoinedRoom {
  const [on] = useState<RoomHandlers>(() => ({}));
  const [client, setClient] = useState<RoomClient | null>(null);
  useEffect(() => {
    const joined = new RoomClient({ sessionId, images, tickMs: viewsTickMs }, on);
    setClient(joined);
    return () => {
      setClient(null);
      joined.close();
    };
  }, [sessionId, on, images]);
  const state = useSyncExternalStore(
    client?.subscribe ?? nothing,
    () => client?.state ?? outside,
    () => outside,
  );
  return { client, state, on };
}

const nothing = () => () => undefined;
