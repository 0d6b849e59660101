'use client';

import { useEffect, useRef, useState } from 'react';
import { api } from '@/lib/http/api-client.ts';
import type { PollView } from '@/lib/polls/schema.ts';

/** However fast answers come in, they are read at most this often. */
const EVERY_MS = 1000;

/**
 * The straw polls of an agenda item, read again whenever `changed` differs. A failed reading keeps what is shown; the
 * next change, and every reconnection, reads again.
 */
export function usePolls(itemId: string, changed: string): readonly PollView[] {
  const [polls, setPolls] = useState<readonly PollView[]>([]);
  const last = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever has changed is in what is read.
  useEffect(() => {
    let wanted = true;
    const wait = Math.max(0, last.current + EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      api<PollView[]>('GET', `/api/decisions/items/${itemId}/polls`).then(
        (read) => wanted && setPolls(read),
        () => undefined,
      );
    }, wait);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [itemId, changed]);
  return polls;
}
