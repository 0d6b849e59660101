'use client';

import { useEffect, useState } from 'react';
import type { BookmarkDetail } from '@/lib/decisions/schema.ts';
import { api } from '@/lib/http/api-client.ts';

/** What a bookmark of a decision shows; undefined until it is known, null when there is none or it cannot be read. */
export function useBookmark(caseId: string, id: string | null): BookmarkDetail | null | undefined {
  const [found, setFound] = useState<BookmarkDetail | null | undefined>(id === null ? null : undefined);
  useEffect(() => {
    if (id === null) return;
    let open = true;
    api<BookmarkDetail>('GET', `/api/cases/${caseId}/bookmarks/${id}`).then(
      (detail) => open && setFound(detail),
      () => open && setFound(null),
    );
    return () => {
      open = false;
    };
  }, [caseId, id]);
  return found;
}
