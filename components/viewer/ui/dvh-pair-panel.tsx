'use client';

import { useMemo, useState } from 'react';
import type { DoseComparison } from '@/lib/live/view-state.ts';
import type { ShownPair } from '../engine/dose-pair.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { LineLegend } from './dose-compare-legend.tsx';
import { DvhFrame } from './dvh-frame.tsx';
import { DvhPairTable } from './dvh-pair-table.tsx';
import { DvhPlot } from './dvh-plot.tsx';
import { type DvhUnits, unitsOf } from './dvh-scale.ts';
import { useDvhCursor } from './use-dvh-cursor.ts';
import { type DvhRow, useDvhs } from './use-dvhs.ts';

type Props = {
  stage: Stage;
  snapshot: ViewerSnapshot;
  comparison: DoseComparison;
  pair: Extract<ShownPair, { known: true }>;
};

/** The histograms of the visible ROIs in two doses: A's curves solid, B's dashed, and their figures side by side. */
export function DvhPairPanel({ stage, snapshot, comparison, pair }: Props) {
  const { rows: ofA } = useDvhs(stage, snapshot, pair.a);
  const { rows: ofB } = useDvhs(stage, snapshot, pair.b, stage.otherDvhs);
  const [marked, setMarked] = useState<string | null>(null);
  const { cursorGy, setCursor, onHover } = useDvhCursor(stage, snapshot);
  // Of two prescriptions neither is the other's hundred per cent.
  const units: DvhUnits = { ...unitsOf(snapshot.dvh), referenceGy: null };
  const rows = useMemo(
    (): DvhRow[] => [...ofA, ...ofB.map((row) => ({ ...row, key: `${row.key}/b`, dashedOf: row.key }))],
    [ofA, ofB],
  );
  const { referenceGy } = comparison.a;
  return (
    <DvhFrame
      controls={{
        units,
        onChange: (part) =>
          stage.setExtras({ dvh: { ...snapshot.dvh, ...unitsOf({ ...snapshot.dvh, ...part }) } }),
        cursorGy: snapshot.dvhCursorGy,
        onCursor: setCursor,
      }}
      empty={ofA.length === 0}
    >
      <div className="relative flex min-h-32 min-w-0 flex-1">
        <DvhPlot
          rows={rows}
          units={units}
          cursorGy={cursorGy}
          marked={marked}
          onHover={onHover}
          onCursor={setCursor}
        />
        <div className="pointer-events-none absolute top-2 right-4 max-w-[50%] rounded bg-neutral-950/80 px-1.5 py-1">
          <LineLegend comparison={comparison} snapshot={snapshot} />
        </div>
      </div>
      <DvhPairTable
        ofA={ofA}
        ofB={ofB}
        units={units}
        volumeAtGy={cursorGy ?? (referenceGy === null ? null : 0.95 * referenceGy)}
        onMark={setMarked}
      />
    </DvhFrame>
  );
}
