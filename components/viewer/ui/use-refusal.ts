'use client';

import { useTranslations } from 'next-intl';
import type { Fit } from '@/lib/rt/fit-structure-set.ts';

type Refusal = Exclude<Fit, { fits: true }>;

/** Why a structure set is not drawn, in words. */
export function useRefusal(): (fit: Refusal) => string {
  const t = useTranslations('viewer.refused');
  return (fit) => {
    switch (fit.reason) {
      case 'no_contours':
        return t('no_contours');
      case 'no_frame_of_reference':
        return t('no_frame_of_reference');
      case 'frame_of_reference_differs':
        return t('frame_of_reference_differs');
      case 'references_not_found':
        return t('references_not_found', { images: fit.details.images });
      case 'off_plane':
        return t('off_plane', { roi: fit.details.roi, distance: fit.details.distanceMm.toFixed(1) });
    }
  };
}
