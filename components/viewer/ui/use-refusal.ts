'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { RefusedRoi, SetRefusal } from '@/lib/rt/fit-structure-set.ts';

/** Why a structure set is not drawn, in words. */
export function useRefusal(): (refusal: SetRefusal) => string {
  const t = useTranslations('viewer.refused');
  const tenth = useTenth();
  return (refusal) => {
    switch (refusal.reason) {
      case 'no_contours':
        return t('no_contours');
      case 'no_frame_of_reference':
        return t('no_frame_of_reference');
      case 'frame_of_reference_differs':
        return t('frame_of_reference_differs');
      case 'references_not_found':
        return t('references_not_found', { images: refusal.details.images });
      case 'off_plane':
        return t('off_plane', { roi: refusal.details.roi, distance: tenth(refusal.details.distanceMm) });
    }
  };
}

/** Why an ROI is not drawn though others of its set are, in words, with its name. */
export function useRoiRefusal(): (refused: RefusedRoi) => string {
  const t = useTranslations('viewer');
  const tenth = useTenth();
  return ({ roi, reason, details }) => {
    const name = roi.name || t('roiNumber', { number: roi.number });
    if (reason !== 'off_plane') return t(`roiRefused.${reason}`, { name });
    return t('roiRefused.off_plane', { name, distance: tenth(details.distanceMm) });
  };
}

/** Millimetres to a tenth, as the reader writes them. */
function useTenth(): (mm: number) => string {
  const format = useFormatter();
  return (mm) => format.number(mm, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
