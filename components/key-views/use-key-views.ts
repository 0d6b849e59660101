'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { useProblem } from '@/components/shell/use-problem.ts';
import { showProblem } from '@/components/ui/problem.ts';
import type { KeyViews } from '@/components/viewer/contract.ts';
import { api } from '@/lib/http/api-client.ts';
import type { KeyViewDetail, KeyViewSummary } from '@/lib/key-views/schema.ts';
import { downloadDicom } from './download.ts';

const KEY_VIEWS_CHANGED = 'consilium:key-views';

/** Somebody has saved, changed or taken away a key view of a case: where its list is shown, it is read again. */
export function tellKeyViews(caseId: string): void {
  window.dispatchEvent(new CustomEvent(KEY_VIEWS_CHANGED, { detail: caseId }));
}

/** The key views of a case for its viewer: fetched, and changed by the API; what goes wrong is said in a notice. */
export function useKeyViews(caseId: string): KeyViews {
  const t = useTranslations('keyViews');
  const shell = useTranslations('shell');
  const say = useProblem();
  const [items, setItems] = useState<readonly KeyViewSummary[] | null>(null);
  const url = `/api/cases/${caseId}/key-views`;

  const pull = useCallback(async () => {
    const { keyViews } = await api<{ keyViews: KeyViewSummary[] }>('GET', url);
    setItems(keyViews);
  }, [url]);

  /** Does it, brings the list up to date, and says what went wrong; null when it did. */
  const act = useCallback(
    async <T>(work: () => Promise<T>): Promise<T | null> => {
      try {
        return await work();
      } catch (error) {
        showProblem(say(error));
        return null;
      }
    },
    [say],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a case; `act` changes with every render.
  useEffect(() => {
    void act(pull);
    // Others save views too: whoever comes back to the window sees them.
    const refresh = () => void pull().catch(() => undefined);
    const told = (event: Event) => (event as CustomEvent<string>).detail === caseId && refresh();
    window.addEventListener('focus', refresh);
    window.addEventListener(KEY_VIEWS_CHANGED, told);
    return () => {
      window.removeEventListener('focus', refresh);
      window.removeEventListener(KEY_VIEWS_CHANGED, told);
    };
  }, [pull]);

  return useMemo(() => {
    const changed = async (work: () => Promise<unknown>): Promise<boolean> =>
      (await act(async () => {
        await work();
        await pull();
        return true;
      })) ?? false;
    return {
      items,
      save: (words, view) => changed(() => api('POST', url, { ...words, view })),
      open: async (item) => {
        const found = await act(() => api<KeyViewDetail>('GET', `${url}/${item.id}`));
        if (found && !found.view) showProblem(t('unreadable'));
        return found?.view ?? null;
      },
      rename: (item, words) =>
        changed(() => api('PATCH', `${url}/${item.id}`, { ...words, version: item.version })),
      remove: async (item) => {
        if (!(await changed(() => api('DELETE', `${url}/${item.id}`)))) return;
        const undo = () => void changed(() => api('POST', `${url}/${item.id}/restore`));
        toast(t('deleted', { title: item.title }), { action: { label: shell('undo'), onClick: undo } });
      },
      download: async (item, file) => {
        const query = file.kind === 'gsps' ? `?viewport=${encodeURIComponent(file.viewportId)}` : '';
        await act(() => downloadDicom(`${url}/${item.id}/${file.kind}${query}`));
      },
      capture: async (item, png) => {
        await act(() => downloadDicom(`${url}/${item.id}/secondary-capture`, png));
      },
    };
  }, [items, url, act, pull, t, shell]);
}
