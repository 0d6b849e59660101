'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useState } from 'react';
import type { ViewState } from '@/lib/live/view-state.ts';
import type { KeyViews } from '../contract.ts';
import type { Stage } from '../engine/stage.ts';
import { KeyViewForm } from './key-view-form.tsx';
import { useHandsKey } from './use-hands-key.ts';

/**
 * Keeps what is shown at the moment of asking, by `begin` or the key `k`; what moves while the title is typed does not
 * count. `begin` is null where there is no case.
 */
export function useSavingKeyView(
  stage: Stage,
  keyViews: KeyViews | undefined,
): { begin: (() => void) | null; dialog: ReactNode } {
  const t = useTranslations('viewer.keyViews');
  const [view, setView] = useState<ViewState | null>(null);
  const begin = useCallback(() => setView(stage.state()), [stage]);
  useHandsKey(stage, 'key-views', keyViews ? { k: begin } : {});
  return {
    begin: keyViews ? begin : null,
    dialog: keyViews && view && (
      <KeyViewForm
        heading={t('save')}
        words={{ title: '', note: '' }}
        onDone={(words) => keyViews.save(words, view)}
        onClose={() => setView(null)}
      />
    ),
  };
}
