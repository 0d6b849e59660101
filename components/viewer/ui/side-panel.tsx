'use client';

import { useTranslations } from 'next-intl';
import { sopClassName } from '@/lib/dicom/uids.ts';
import type { KeyViews } from '../contract.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { CompareSection } from './compare-section.tsx';
import { DocumentsSection } from './documents-section.tsx';
import { DoseCompareSection } from './dose-compare-section.tsx';
import { DoseSection } from './dose-section.tsx';
import { KeyViewsSection } from './key-views-section.tsx';
import { MeasureSection } from './measure-section.tsx';
import { PanelSection } from './panel-section.tsx';
import { PlanSections } from './plan-section.tsx';
import { RegistrationSection } from './registration-section.tsx';
import { StructureSections } from './structure-sections.tsx';

/** What is attached: series to open, structure sets with their ROIs, and what cannot be shown here. */
export function SidePanel(props: {
  stage: Stage;
  snapshot: ViewerSnapshot;
  keyViews: KeyViews | undefined;
  /** Null where there is no case to keep key views of. */
  onKeyView: (() => void) | null;
}) {
  const { stage, snapshot, keyViews, onKeyView } = props;
  const t = useTranslations('viewer');
  const shown = new Set(snapshot.shown);
  return (
    <aside
      aria-label={t('panel')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
      tabIndex={0}
      className="flex w-60 shrink-0 flex-col gap-4 overflow-y-auto border-r border-neutral-800 bg-neutral-950 p-2 text-sm max-sm:absolute max-sm:inset-y-0 max-sm:left-0 max-sm:z-20 max-sm:w-64"
    >
      <PanelSection title={t('series')}>
        <ul className="space-y-0.5">
          {snapshot.stacks.map((stack) => (
            <li key={stack.displaySetInstanceUID}>
              <button
                type="button"
                onClick={() => stage.openStack(stack)}
                aria-current={shown.has(stack.displaySetInstanceUID) ? 'true' : undefined}
                className="flex w-full cursor-pointer items-baseline gap-2 rounded px-1.5 py-1 text-left hover:bg-neutral-800 aria-[current]:bg-neutral-800"
              >
                <span className="w-8 shrink-0 text-xs font-semibold text-teal-300">{stack.Modality}</span>
                <span className="min-w-0 flex-1 truncate">
                  {stack.SeriesDescription || t('noDescription')}
                </span>
                <span className="text-xs text-neutral-400">{stack.images.length}</span>
              </button>
            </li>
          ))}
        </ul>
      </PanelSection>
      {/* One line per section, `{ stage, snapshot }` each, in the order in which they are read. */}
      {keyViews && onKeyView && (
        <KeyViewsSection stage={stage} keyViews={keyViews} shown={snapshot.keyViewId} onSave={onKeyView} />
      )}
      <MeasureSection stage={stage} snapshot={snapshot} />
      <StructureSections stage={stage} snapshot={snapshot} />
      <CompareSection stage={stage} snapshot={snapshot} />
      <DoseSection stage={stage} snapshot={snapshot} />
      <DoseCompareSection stage={stage} snapshot={snapshot} />
      <PlanSections stage={stage} snapshot={snapshot} />
      <RegistrationSection snapshot={snapshot} />
      <DocumentsSection stage={stage} snapshot={snapshot} />
      {!snapshot.complete && <p className="text-neutral-400">{t('loadingMore')}</p>}
      {snapshot.unsupported.length > 0 && (
        <PanelSection title={t('unsupported')}>
          <ul className="space-y-1 px-1.5 text-neutral-300">
            {snapshot.unsupported.map((set) => (
              <li key={set.displaySetInstanceUID}>
                <span className="mr-1.5 text-xs font-semibold text-amber-300">{set.Modality}</span>
                {set.SeriesDescription || sopClassName(set.instances[0]?.SOPClassUID ?? '')}
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
    </aside>
  );
}
