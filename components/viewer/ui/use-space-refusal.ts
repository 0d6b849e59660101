'use client';

import { useTranslations } from 'next-intl';
import type { SpaceRefusal } from '../engine/spaces.ts';

/** Why two frames of reference stay apart, in words. */
export function useSpaceRefusal(): (refusal: SpaceRefusal) => string {
  const t = useTranslations('viewer');
  return (refusal) => {
    switch (refusal.reason) {
      case 'no_frame':
      case 'no_registration':
        return t(`space.${refusal.reason}`);
      case 'ambiguous':
        return t('space.ambiguous', { count: refusal.candidates.length });
      case 'refused':
        return t('space.refused', { reason: t(`registration.reason.${refusal.refusal}`) });
    }
  };
}
