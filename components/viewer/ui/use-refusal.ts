'use client';

import { useTranslations } from 'next-intl';
import type { RefusedRoi, SetRefusal } from '@/lib/rt/fit-structure-set.ts';

/** Why a structure set is not drawn, in words. */
export function useRefusal(): (refusal: SetRefusal) => string {
  const t = useTranslations('viewer.refused');
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
        return t('off_plane', { roi: refusal.details.roi, distance: refusal.details.distanceMm.toFixed(1) });
    }
  };
}

/** Why an ROI is not drawn though others of its set are, in words, with its name. */
export function useRoiRefusal(): (refused: RefusedRoi) => string {
  const t = useTranslations('viewer');
  return ({ roi, reason, details }) => {
    const name = roi.name || t('roiNumber', { number: roi.number });
    if (reason !== 'off_plane') return t(`roiRefused.${reason}`, { name });
    return t('roiRefused.off_plane', { name, distance: details.distanceMm.toFixed(1) });
  };
}
