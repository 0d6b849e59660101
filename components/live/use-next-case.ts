'use client';

import { useEffect } from 'react';
import { warmCase } from '@/components/viewer/viewer.tsx';
import type { AgendaItemView } from '@/lib/boards/schema.ts';

/**
 * While nothing else is to be loaded, what the next case of the agenda shows first is brought to this browser; another
 * case ends that. A failure costs nothing: the case loads when it is opened.
 */
export function useNextCase(
  agenda: readonly AgendaItemView[],
  openItemId: string | null,
  loadedItemId: string | null,
): void {
  const at = agenda.findIndex((one) => one.id === openItemId);
  const next = at < 0 ? undefined : agenda.slice(at + 1).find((one) => one.studyCount > 0);
  const idle = openItemId === loadedItemId || agenda[at]?.studyCount === 0;
  const caseId = idle ? next?.caseId : undefined;
  useEffect(() => {
    if (!caseId) return;
    const stop = new AbortController();
    void warmCase(`/dicomweb/cases/${caseId}`, stop.signal).catch(() => undefined);
    return () => stop.abort();
  }, [caseId]);
}
