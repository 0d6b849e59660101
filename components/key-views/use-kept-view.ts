'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '@/lib/http/api-client.ts';
import type { KeptViewDetail } from '@/lib/key-views/schema.ts';
import type { ViewState } from '@/lib/live/view-state.ts';

/** So long after the last move the view is kept. */
const QUIET_MS = 4000;
/** What a request may carry that outlives its page (Fetch, keepalive). */
const KEEPALIVE_BYTES = 60_000;

/**
 * How this person left the case's images, and what keeps it while they are looked at. `initial` is undefined until it
 * is known; where it cannot be fetched the images open as for the first time, and what is kept stays as it is.
 */
export function useKeptView(caseId: string): {
  initial: ViewState | null | undefined;
  keep: (view: ViewState) => void;
} {
  const [initial, setInitial] = useState<ViewState | null | undefined>(undefined);
  const pending = useRef<ViewState | null>(null);
  const unknown = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const url = `/api/cases/${caseId}/kept-view`;

  useEffect(() => {
    let open = true;
    api<KeptViewDetail>('GET', url).then(
      ({ view }) => open && setInitial(view),
      () => {
        unknown.current = true;
        if (open) setInitial(null);
      },
    );
    return () => {
      open = false;
    };
  }, [url]);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const view = pending.current;
    if (!view) return;
    pending.current = null;
    const body = JSON.stringify({ view });
    const headers = { 'content-type': 'application/json' };
    const keepalive = body.length < KEEPALIVE_BYTES;
    // A convenience: nobody is told when it fails, and the next move tries again.
    void fetch(url, { method: 'PUT', headers, body, keepalive }).catch(() => undefined);
  }, [url]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  const keep = useCallback(
    (view: ViewState) => {
      if (unknown.current) return;
      pending.current = view;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, QUIET_MS);
    },
    [flush],
  );
  return { initial, keep };
}
