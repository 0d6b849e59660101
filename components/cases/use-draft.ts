'use client';

import { useEffect, useState } from 'react';

/**
 * State that survives a reload of this tab, under a key that names the person and the form. Call `forget` when it
 * was saved: what patients are about does not stay in a browser longer than needed.
 */
export function useDraft<T extends object>(
  key: string,
  initial: T,
): [T, (change: Partial<T>) => void, forget: () => void] {
  const [draft, setDraft] = useState(initial);
  useEffect(() => {
    const kept = sessionStorage.getItem(key);
    if (kept) setDraft((now) => ({ ...now, ...(JSON.parse(kept) as Partial<T>) }));
  }, [key]);
  const change = (part: Partial<T>) =>
    setDraft((now) => {
      const next = { ...now, ...part };
      sessionStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  return [draft, change, () => sessionStorage.removeItem(key)];
}
