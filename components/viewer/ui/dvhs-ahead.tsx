'use client';

import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { useDvhs } from './use-dvhs.ts';

/** Has the histograms of what is drawn computed beside the page, before anybody asks to see them. Shows nothing. */
export function DvhsAhead({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const shown = snapshot.dose && stage.doses.shown(snapshot.dose.doseUids);
  useDvhs(stage, snapshot, shown?.known ? shown.grid : null);
  return null;
}
