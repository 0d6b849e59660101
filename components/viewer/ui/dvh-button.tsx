'use client';

import { ChartSpline } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { ToolButton } from './tool-button.tsx';

/** Opens and closes the DVH, where a dose is attached. */
export function DvhButton({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.dvh');
  const { drawer } = stage.dvhs;
  const { open } = useSyncExternalStore(drawer.subscribe, drawer.get, drawer.get);
  if (snapshot.doses.length === 0) return null;
  return (
    <ToolButton label={t('open')} pressed={open} onClick={() => drawer.set({ open: !open })}>
      <ChartSpline size={16} aria-hidden />
    </ToolButton>
  );
}
