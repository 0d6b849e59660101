import type { Roi } from '@/lib/dicom/rtstruct.ts';
import type { RoiState } from '@/lib/live/view-state.ts';
import type { JudgedStructureSet } from '../data/structures.ts';
import type { RoiDisplay } from './store.ts';

/** Fill of a ROI until somebody changes it: enough to see which side is inside, little enough to see the image. */
const DEFAULT_OPACITY = 0.12;

type Rois = ReadonlyMap<string, RoiDisplay>;

/** Everything of a fitting set is seen at first; what a shared view said of it already stays. */
export function initialRois(sets: readonly JudgedStructureSet[], before: Rois): Map<string, RoiDisplay> {
  const rois = new Map(before);
  for (const { set, fit, segmentation } of sets) {
    if (!fit.fits || rois.has(set.sopInstanceUid)) continue;
    // Number 0 of a label map is what belongs to no segment.
    const drawn = set.rois.filter((roi) => roi.contours.length > 0 && (!segmentation || roi.number > 0));
    rois.set(set.sopInstanceUid, { visible: new Set(drawn.map((roi) => roi.number)), opacity: {} });
  }
  return rois;
}

export const toRoiStates = (rois: Rois): RoiState[] =>
  [...rois.entries()]
    .map(([structureSetUid, { visible, opacity }]) => ({
      structureSetUid,
      visible: [...visible].sort((a, b) => a - b),
      opacity: { ...opacity },
    }))
    .sort((a, b) => a.structureSetUid.localeCompare(b.structureSetUid));

export const fromRoiStates = (states: readonly RoiState[]): Map<string, RoiDisplay> =>
  new Map(
    states.map(({ structureSetUid, visible, opacity }) => [
      structureSetUid,
      { visible: new Set(visible), opacity },
    ]),
  );

/** How much a ROI's fill covers, 0 to 1. The patient's outline holds everything else: it is not filled by itself. */
export const opacityOf = (display: RoiDisplay | undefined, roi: Roi): number =>
  display?.opacity[roi.number] ?? (roi.interpretedType === 'EXTERNAL' ? 0 : DEFAULT_OPACITY);
