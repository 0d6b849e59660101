import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { Segmentation } from '@/lib/dicom/seg.ts';
import type { SegmentationPixels } from '@/lib/dicom/seg-pixels.ts';
import type { AskedRegion } from '@/lib/measure/asked-region.ts';
import type { RegionResult } from '@/lib/measure/pet-region.ts';
import type { SegmentationContours } from '@/lib/rt/segmentation-contours.ts';
import type { DrawnOn, Slices } from '@/lib/rt/slices.ts';
import type { DoseQuestions } from './dose-messages.ts';

/** How far two ROIs agree; lengths in mm, volumes in cc. `reason` where there are no figures. */
export type PairAgreement = {
  volumeA: number | null;
  volumeB: number | null;
  dice: number | null;
  surfaceDice: number | null;
  hd95: number | null;
  mean: number | null;
  reason: string | null;
};

/** Volume in cc, or why there is none; what the reader must know about how it was drawn. */
export type RoiVolume = { cc: number | null; reason: string | null; gaps: number; openContours: number };

/** What the worker is asked, and what it answers to each. */
export type Questions = DoseQuestions & {
  outline: {
    question: { segmentation: Segmentation; pixels: SegmentationPixels; apart: number | null };
    answer: SegmentationContours;
  };
  volumes: { question: { set: StructureSet; slices: Slices | null }; answer: Map<number, RoiVolume> };
  agreement: {
    question: {
      a: { roi: Roi; on: DrawnOn };
      b: { roi: Roi; on: DrawnOn };
      toleranceMm: number;
    };
    answer: PairAgreement;
  };
  region: { question: { asked: AskedRegion }; answer: RegionResult };
};
export type Kind = keyof Questions;
export type Question<K extends Kind> = { kind: K } & Questions[K]['question'];
export type Answer<K extends Kind> = Questions[K]['answer'];
