'use client';

import { useTranslations } from 'next-intl';
import { measurementKinds } from '@/lib/live/measurement-state.ts';
import { measureKeys } from '../engine/measure-keys.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { measureIcons } from './measure-icons.ts';

const keyOf = (kind: string): string =>
  Object.entries(measureKeys).find(([, one]) => one === kind)?.[0] ?? '';

/** The tools that measure, each with its key. Chosen again, a tool is put down. */
export function MeasureTools({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.measure');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a form's; this is a part of a toolbar.
    <div role="group" aria-label={t('tools')} className="flex flex-wrap items-center gap-0.5">
      {measurementKinds.map((kind) => {
        const Icon = measureIcons[kind];
        const chosen = snapshot.tool === kind;
        const label = t('tool', { name: t(`kinds.${kind}`), key: keyOf(kind).toUpperCase() });
        return (
          <button
            key={kind}
            type="button"
            aria-label={label}
            title={label}
            aria-pressed={chosen}
            onClick={() => stage.measuring.chooseTool(chosen ? 'window' : kind)}
            className="inline-flex size-8 cursor-pointer items-center justify-center rounded-md text-neutral-200 hover:bg-neutral-800 aria-pressed:bg-teal-900 aria-pressed:text-teal-50"
          >
            <Icon size={16} aria-hidden />
          </button>
        );
      })}
    </div>
  );
}
