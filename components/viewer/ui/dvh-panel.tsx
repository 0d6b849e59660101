'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { levelsInGy } from '../engine/dose-state.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { DvhFrame } from './dvh-frame.tsx';
import { DvhPairPanel } from './dvh-pair-panel.tsx';
import { DvhPlot } from './dvh-plot.tsx';
import { type DvhUnits, unitsOf } from './dvh-scale.ts';
import { DvhTable } from './dvh-table.tsx';
import { useDvhCursor } from './use-dvh-cursor.ts';
import { useDvhs } from './use-dvhs.ts';

type Props = { stage: Stage; snapshot: ViewerSnapshot };

/** The histograms of the dose that is shown, or of two that are compared. Fills its parent. */
export function DvhPanel({ stage, snapshot }: Props) {
  const { doseComparison } = snapshot;
  const pair = doseComparison && stage.doses.pair(doseComparison);
  if (doseComparison && pair?.known)
    return <DvhPairPanel stage={stage} snapshot={snapshot} comparison={doseComparison} pair={pair} />;
  return <OneDose stage={stage} snapshot={snapshot} />;
}

/** The dose-volume histograms of the visible ROIs: curves, figures, and a cursor that is an isodose in the views. */
function OneDose({ stage, snapshot }: Props) {
  const t = useTranslations('viewer.dvh');
  const words = useTranslations('viewer.doseUnseen');
  const { dose, dvh } = snapshot;
  const { conformityGy } = dvh;
  const shown = dose && stage.doses.shown(dose.doseUids);
  const grid = shown?.known ? shown.grid : null;
  const { rows, everywhere } = useDvhs(stage, snapshot, grid);
  const [marked, setMarked] = useState<string | null>(null);
  const { cursorGy, setCursor, onHover } = useDvhCursor(stage, snapshot);

  const levels = dose ? levelsInGy(dose).map(({ gy }) => gy) : [];
  const usual = dose?.referenceGy ? dose.referenceGy * 0.95 : (levels[0] ?? null);
  const units: DvhUnits = { ...unitsOf(dvh), referenceGy: dose?.referenceGy ?? null };
  if (!grid)
    return (
      <section aria-label={t('title')} className="grid h-full place-items-center bg-neutral-950 p-4">
        <p role="status" className="text-sm text-neutral-300">
          {shown && !shown.known ? words(shown.reason) : t('noDose')}
        </p>
      </section>
    );
  return (
    <DvhFrame
      controls={{
        units,
        onChange: (part) => stage.setExtras({ dvh: { ...dvh, ...unitsOf({ ...units, ...part }) } }),
        cursorGy: snapshot.dvhCursorGy,
        onCursor: setCursor,
        conformityGy: conformityGy ?? usual,
        onConformity: (gy) => stage.setExtras({ dvh: { ...dvh, conformityGy: gy } }),
      }}
      empty={rows.length === 0}
    >
      <DvhPlot
        rows={rows}
        units={units}
        cursorGy={cursorGy}
        marked={marked}
        onHover={onHover}
        onCursor={setCursor}
      />
      <DvhTable
        rows={rows}
        everywhere={everywhere}
        units={units}
        cursorGy={cursorGy}
        conformityGy={conformityGy ?? usual}
        onMark={setMarked}
      />
    </DvhFrame>
  );
}
