'use client';

import { useTranslations } from 'next-intl';
import { toast } from 'sonner';

/** Long enough to read, to doubt and to reach the button by keyboard; the toast also waits while it is hovered. */
const UNDO_MS = 20_000;

/** Says what was done, with a button that takes it back. One toast per `id`: a later one replaces it. */
export function useUndoToast(): (id: string, sentence: string, undo: () => void) => void {
  const t = useTranslations('shell');
  return (id, sentence, undo) => {
    toast(sentence, { id, duration: UNDO_MS, action: { label: t('undo'), onClick: undo } });
  };
}
