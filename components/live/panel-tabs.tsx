'use client';

import { useTranslations } from 'next-intl';
import type { CrossingNews } from './use-crossings.ts';

const panels = ['agenda', 'people', 'decision'] as const;
export type PanelName = (typeof panels)[number];

/** On a narrow screen one panel at a time stands under the images; a wide one shows them all. */
export function PanelTabs(props: {
  value: PanelName;
  onChange: (panel: PanelName) => void;
  /** Who came or went just now stands below the word for the people, in the height that the tab has anyway. */
  crossings: CrossingNews;
}) {
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
          className="h-10 min-w-0 flex-1 cursor-pointer border-b-2 px-1 leading-tight border-transparent text-neutral-300 aria-pressed:border-teal-300 aria-pressed:text-white"
        >
          {t(`tab.${panel}`)}
          {panel === 'people' && props.crossings.shown && (
            <span aria-hidden="true" data-crossings-seen className="block truncate text-[11px] leading-tight">
              {props.crossings.words}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
