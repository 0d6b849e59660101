'use client';

import { ChartSpline } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';

/** Opens and closes the DVH, where a dose is attached. */
export function DvhButton({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.dvh');
  const { drawer } = stage.dvhs;
  const { open } = useSyncExternalStore(drawer.subscribe, drawer.get, drawer.get);
  if (snapshot.doses.length === 0) return null;
  return (
    <button
      type="button"
      aria-label={t('open')}
      title={t('open')}
      aria-pressed={open}
      onClick={() => drawer.set({ open: !open })}
      className="inline-flex size-8 cursor-pointer items-center justify-center rounded-md text-neutral-200 hover:bg-neutral-800 aria-pressed:bg-teal-900 aria-pressed:text-teal-50"
    >
      <ChartSpline size={16} aria-hidden />
    </button>
  );
}
