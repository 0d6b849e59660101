'use client';

import { useTranslations } from 'next-intl';

const panels = ['agenda', 'people', 'decision'] as const;
export type PanelName = (typeof panels)[number];

/** On a narrow screen one panel at a time stands under the images; a wide one shows them all. */
export function PanelTabs(props: { value: PanelName; onChange: (panel: PanelName) => void }) {
  const t = useTranslations('room');
  return (
    <nav
      aria-label={t('panels')}
      className="row-start-3 flex border-y border-neutral-800 bg-neutral-900 lg:hidden"
    >
      {panels.map((panel) => (
        <button
          key={panel}
          type="button"
          aria-pressed={props.value === panel}
          onClick={() => props.onChange(panel)}
          className="min-h-10 flex-1 cursor-pointer border-b-2 border-transparent text-neutral-300 aria-pressed:border-teal-300 aria-pressed:text-white"
        >
          {t(`tab.${panel}`)}
        </button>
      ))}
    </nav>
  );
}
