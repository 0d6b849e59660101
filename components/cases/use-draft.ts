'use client';

import { useEffect, useRef, useState } from 'react';

/**
 * State that survives a reload of this tab, under a key that names the person and the form. Call `forget` when it
 * was saved: what patients are about does not stay in a browser longer than needed.
 */
export function useDraft<T extends object>(
  key: string,
  initial: T,
): [T, (change: Partial<T>) => void, forget: () => void] {
  const [draft, setDraft] = useState(initial);
  const latest = useRef(draft);
  const show = (next: T) => {
    latest.current = next;
    setDraft(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another key is another draft.
  useEffect(() => {
    const kept = sessionStorage.getItem(key);
    if (kept) show({ ...latest.current, ...(JSON.parse(kept) as Partial<T>) });
  }, [key]);
  const change = (part: Partial<T>) => {
    const next = { ...latest.current, ...part };
    sessionStorage.setItem(key, JSON.stringify(next));
    show(next);
  };
  return [draft, change, () => sessionStorage.removeItem(key)];
}
