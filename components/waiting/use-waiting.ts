'use client';

import { useCallback, useEffect, useState } from 'react';
import { api } from '@/lib/http/api-client.ts';
import type { WaitingPerson } from '@/lib/live/waiting/schema.ts';

/** Whatever is missed, a lost notice or a process that died with those who waited, is seen after so long, in ms. */
const EVERY_MS = 15_000;
const WAITING_CHANGED = 'consilium:waiting';

/** Somebody came to the door, left it or was answered: where that is shown it is read again. */
export function tellWaiting(): void {
  window.dispatchEvent(new Event(WAITING_CHANGED));
}

/**
 * Who waits at a session's door, for those who may let them in.
 * @param may whether this person may; nothing is asked otherwise
 * @param changed read again whenever it differs
 */
export function useWaiting(sessionId: string, may: boolean, changed: number): readonly WaitingPerson[] {
  const [waiting, setWaiting] = useState<readonly WaitingPerson[]>([]);
  const pull = useCallback(
    () =>
      api<WaitingPerson[]>('GET', `/api/sessions/${sessionId}/waiting`)
        .then(setWaiting)
        .catch(() => undefined),
    [sessionId],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever has changed is in what is read.
  useEffect(() => {
    if (may) void pull();
    else setWaiting([]);
  }, [may, pull, changed]);
  useEffect(() => {
    if (!may) return;
    const told = () => void pull();
    const timer = setInterval(told, EVERY_MS);
    window.addEventListener(WAITING_CHANGED, told);
    return () => {
      clearInterval(timer);
      window.removeEventListener(WAITING_CHANGED, told);
    };
  }, [may, pull]);
  return waiting;
}
