'use client';

import { useCallback, useEffect, useState } from 'react';
import { api } from '@/lib/http/api-client.ts';
import type { KeyViewSummary } from '@/lib/key-views/schema.ts';

/**
 * The key views of a case, read again when `changed` differs, when the page is looked at again, and by `pull`. Null
 * until they are known; a failed reading keeps what is shown and is told by `failed`.
 */
export function useKeyViewList(
  caseId: string,
  changed: number,
): { items: readonly KeyViewSummary[] | null; failed: boolean; pull: () => void } {
  const [items, setItems] = useState<readonly KeyViewSummary[] | null>(null);
  const [failed, setFailed] = useState(false);
  const pull = useCallback(() => {
    api<{ keyViews: KeyViewSummary[] }>('GET', `/api/cases/${caseId}/key-views`).then(
      ({ keyViews }) => {
        setItems(keyViews);
        setFailed(false);
      },
      () => setFailed(true),
    );
  }, [caseId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was missed is in what is read.
  useEffect(() => {
    pull();
    window.addEventListener('focus', pull);
    return () => window.removeEventListener('focus', pull);
  }, [pull, changed]);
  return { items, failed, pull };
}
