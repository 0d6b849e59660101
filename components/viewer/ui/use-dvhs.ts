'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { DvhAnswers, DvhDesk } from '../engine/dvh-desk.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import type { RoiDvh } from '../workers/dose-messages.ts';
import { setDrawnOn } from './set-drawn-on.ts';

/** One ROI in the DVH; `answer` is undefined while it is computed. */
export type DvhRow = {
  key: string;
  set: StructureSet;
  roi: Roi;
  answer: RoiDvh | undefined;
  /** The key of the row in the first of two doses, where this one is of the second: its curve is dashed. */
  dashedOf?: string;
};

/** The DVHs of the ROIs that are seen over the images, in the dose that is shown. */
export function useDvhs(
  stage: Stage,
  { structureSets, rois }: ViewerSnapshot,
  grid: DoseGrid | null,
  desk: DvhDesk = stage.dvhs,
): { rows: DvhRow[]; everywhere: DvhAnswers['everywhere'] } {
  const { answers } = desk;
  const known = useSyncExternalStore(answers.subscribe, answers.get, answers.get);
  const listed = useMemo(
    () =>
      structureSets.flatMap(({ set, fit }) => {
        const visible = fit.fits ? rois.get(set.sopInstanceUid)?.visible : undefined;
        return set.rois
          .filter((roi) => visible?.has(roi.number))
          .map((roi) => ({ key: `${set.sopInstanceUid}/${roi.number}`, set, roi }));
      }),
    [structureSets, rois],
  );
  useEffect(() => {
    if (!grid) return;
    // The patient's outline holds everything else and takes the longest.
    const last = (roi: Roi) => (roi.interpretedType === 'EXTERNAL' ? 1 : 0);
    const order = [...listed].sort((a, b) => last(a.roi) - last(b.roi));
    desk.ask(
      grid,
      order.map(({ key, set, roi }) => ({ key, roi, on: setDrawnOn(stage, set) })),
    );
  }, [stage, desk, grid, listed]);
  const rows = listed.map((one) => ({ ...one, answer: known.rois.get(one.key) }));
  return { rows, everywhere: known.everywhere };
}
