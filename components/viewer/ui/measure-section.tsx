'use client';

import { ClipboardCopy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { useMeasureCsv } from './measure-csv.ts';
import { MeasureRow } from './measure-row.tsx';
import { PanelSection } from './panel-section.tsx';
import { SuvChoice } from './suv-choice.tsx';
import { useMeasuring } from './use-measuring.ts';

/** What was measured: every figure with its uncertainty, and what SUVs are normalised by. */
export function MeasureSection({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.measure');
  const { selected, draft, words } = useMeasuring(stage);
  const { stacks } = snapshot;
  const measurements = stage.measuring.all();
  if (snapshot.status !== 'ready') return null;
  return (
    <PanelSection title={t('title')} actions={measurements.length > 0 && <CopyCsv stage={stage} />}>
      {stacks.some((stack) => stack.Modality === 'PT') && <SuvChoice stage={stage} snapshot={snapshot} />}
      {measurements.length === 0 ? (
        <p className="px-1.5 text-neutral-300">{t('none')}</p>
      ) : (
        <ol className="space-y-1">
          {words &&
            measurements.map((measurement, index) => (
              <MeasureRow
                key={measurement.id}
                stage={stage}
                measurement={draft?.id === measurement.id ? draft : measurement}
                number={index + 1}
                selected={measurement.id === selected}
                words={words}
              />
            ))}
        </ol>
      )}
    </PanelSection>
  );
}

function CopyCsv({ stage }: { stage: Stage }) {
  const t = useTranslations('viewer.measure');
  const csv = useMeasureCsv(stage);
  const [told, setTold] = useState<'copied' | 'notCopied' | null>(null);
  const copy = async () => {
    // A page without TLS has no clipboard.
    const done = await navigator.clipboard?.writeText(csv()).then(
      () => true,
      () => false,
    );
    setTold(done ? 'copied' : 'notCopied');
  };
  return (
    <>
      <span role="status" className="text-xs text-neutral-300">
        {told && t(told)}
      </span>
      <button
        type="button"
        aria-label={t('copy')}
        title={t('copy')}
        onClick={copy}
        className="grid size-6 shrink-0 cursor-pointer place-items-center rounded text-neutral-300 hover:bg-neutral-800 hover:text-white"
      >
        <ClipboardCopy size={14} aria-hidden />
      </button>
    </>
  );
}
