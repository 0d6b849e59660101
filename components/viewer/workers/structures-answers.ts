import { askedRegion } from '@/lib/measure/asked-region.ts';
import { agreementOf } from '@/lib/rt/agreement.ts';
import { solidVolume } from '@/lib/rt/contour-volume.ts';
import { roiSolid } from '@/lib/rt/roi-solid.ts';
import { segmentationContours } from '@/lib/rt/segmentation-contours.ts';
import { drawnOn } from '@/lib/rt/slices.ts';
import { mm } from '@/lib/rt/units.ts';
import { doseAnswers } from './dose-answers.ts';
import type { Answer, Kind, PairAgreement, Question, RoiVolume } from './structures-messages.ts';

/** What takes too long for the page to wait for. */
export const answers: { [K in Kind]: (question: Question<K>) => Answer<K> } = {
  ...doseAnswers,

  outline: ({ segmentation, pixels, apart }) => segmentationContours(segmentation, pixels, apart),

  volumes: ({ set, slices }) => {
    const { planeDistance } = drawnOn(set, slices);
    return new Map(
      set.rois.map((roi): [number, RoiVolume] => {
        const result = roiSolid(roi, planeDistance, slices);
        if (!result.known) return [roi.number, { cc: null, reason: result.reason, gaps: 0, openContours: 0 }];
        const { solid } = result;
        const { gaps, openContours } = solid;
        return [roi.number, { cc: solidVolume(solid), reason: null, gaps, openContours }];
      }),
    );
  },

  region: ({ asked }) => askedRegion(asked),

  agreement: ({ a, b, toleranceMm }) => {
    const solid = ({ roi, on }: typeof a) => roiSolid(roi, on.planeDistance, on.slices);
    const [solidA, solidB] = [solid(a), solid(b)];
    const none: PairAgreement = {
      volumeA: solidA.known ? solidVolume(solidA.solid) : null,
      volumeB: solidB.known ? solidVolume(solidB.solid) : null,
      dice: null,
      surfaceDice: null,
      hd95: null,
      mean: null,
      reason: null,
    };
    if (!solidA.known) return { ...none, reason: solidA.reason };
    if (!solidB.known) return { ...none, reason: solidB.reason };
    const found = agreementOf(solidA.solid, solidB.solid, mm(toleranceMm));
    if (!found.known) return { ...none, reason: found.reason };
    const { dice, surfaceDice, hd95, mean } = found.agreement;
    return { ...none, dice, surfaceDice, hd95, mean };
  },
};
