'use client';

import { useEffect, useState } from 'react';
import type { RoomState } from '@/lib/live/room-state.ts';

/** The server's clock in ms, each second anew while asked for. */
export function useServerNow({ serverNow }: RoomState, runs: boolean): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (!runs) return;
    setNow(serverNow());
    const timer = setInterval(() => setNow(serverNow()), 1000);
    return () => clearInterval(timer);
  }, [runs, serverNow]);
  return now;
}
