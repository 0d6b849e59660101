import type { DoseGrid } from '@/lib/dicom/rtdose.ts';
import type { Roi } from '@/lib/dicom/rtstruct.ts';
import type { Dvh } from '@/lib/rt/dvh.ts';
import type { NoSolid } from '@/lib/rt/roi-solid.ts';
import type { DrawnOn } from '@/lib/rt/slices.ts';

/** A DVH, or why an ROI has none. */
export type RoiDvh =
  | { known: true; dvh: Dvh }
  | { known: false; reason: NoSolid | 'frame_of_reference_differs' | 'failed' };

/** Of two doses that are compared the worker keeps both. */
export type DoseSlot = 'a' | 'b';

/** What the worker is asked of a dose: first to keep it. */
export type DoseQuestions = {
  keepDose: { question: { slot: DoseSlot; grid: DoseGrid }; answer: null };
  dvh: { question: { slot: DoseSlot; roi: Roi; on: DrawnOn }; answer: RoiDvh };
  doseEverywhere: { question: { slot: DoseSlot }; answer: Dvh };
};
