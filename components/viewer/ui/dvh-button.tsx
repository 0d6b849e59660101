'use client';

import { ChartSpline } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { ToolButton } from './tool-button.tsx';

/** Opens or closes it, for everybody who follows. */
export function toggleDvh(stage: Stage): void {
  const { dvh } = stage.store.get();
  stage.setExtras({ dvh: { ...dvh, open: !dvh.open } });
}

/** Opens and closes the DVH, where a dose is attached. */
export function DvhButton({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.dvh');
  if (snapshot.doses.length === 0) return null;
  return (
    <ToolButton label={t('open')} pressed={snapshot.dvh.open} onClick={() => toggleDvh(stage)}>
      <ChartSpline size={16} aria-hidden />
    </ToolButton>
  );
}
