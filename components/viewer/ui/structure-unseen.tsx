'use client';

import { useTranslations } from 'next-intl';
import type { Unseen } from '../engine/seen-contours.ts';

/** What of the contours is switched on but not to be seen on this picture, in words. */
export function UnseenContours({ unseen }: { unseen: Unseen }) {
  const t = useTranslations('viewer');
  const { contours, otherFrame, projection } = unseen;
  return (
    <>
      {contours > 0 && <div className="text-amber-300">{t('contoursUnplaced', { count: contours })}</div>}
      {otherFrame > 0 && <div className="text-amber-300">{t('roisOtherFrame', { count: otherFrame })}</div>}
      {projection > 0 && <div className="text-amber-300">{t('roisNotOnProjection')}</div>}
    </>
  );
}
