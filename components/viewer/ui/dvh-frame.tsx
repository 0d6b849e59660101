'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import { DvhControls } from './dvh-controls.tsx';

type Props = {
  controls: ComponentProps<typeof DvhControls>;
  /** No ROI is visible: that is said where the diagram would be. */
  empty: boolean;
  children: ReactNode;
};

/** Controls over a diagram and its table, which lie side by side where there is room. Fills its parent. */
export function DvhFrame({ controls, empty, children }: Props) {
  const t = useTranslations('viewer.dvh');
  return (
    <section
      aria-label={t('title')}
      className="@container flex h-full min-h-0 flex-col bg-neutral-950 text-neutral-100"
    >
      <DvhControls {...controls} />
      {empty ? (
        <p role="status" className="p-4 text-sm text-neutral-300">
          {t('noRois')}
        </p>
      ) : (
        <div className="flex min-h-0 flex-1 flex-col @3xl:flex-row">{children}</div>
      )}
    </section>
  );
}
