'use client';

import { useCallback, useEffect, useState } from 'react';
import { api } from '@/lib/http/api-client.ts';
import type { TransferRow } from '@/lib/network/schema.ts';

/** While something moves, and while nothing does. */
const BUSY_MS = 1500;
const QUIET_MS = 15_000;

export type Transfers = {
  transfers: TransferRow[];
  /** True while the server cannot be reached: the list may be out of date. */
  stale: boolean;
  refresh: () => Promise<void>;
};

/** The transfers as they go on, of one study or of all: asked for again and again while the page is looked at. */
export function useTransfers(initial: TransferRow[], studyId?: string): Transfers {
  const [transfers, setTransfers] = useState(initial);
  const [stale, setStale] = useState(false);
  const refresh = useCallback(async () => {
    const url = `/api/network/transfers${studyId ? `?${new URLSearchParams({ studyId })}` : ''}`;
    try {
      setTransfers((await api<{ transfers: TransferRow[] }>('GET', url)).transfers);
      setStale(false);
    } catch {
      setStale(true);
    }
  }, [studyId]);
  const moving = transfers.some(({ state }) => state === 'waiting' || state === 'running');
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (!document.hidden) void refresh();
      },
      moving ? BUSY_MS : QUIET_MS,
    );
    return () => clearInterval(timer);
  }, [refresh, moving]);
  return { transfers, stale, refresh };
}
