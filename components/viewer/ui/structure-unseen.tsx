'use client';

import { useTranslations } from 'next-intl';
import type { Unseen } from '../engine/seen-contours.ts';

/** So many names stand in a picture's corner; the list of structures has them all. */
const MOST_NAMED = 3;

/** What of the contours is not to be seen on this picture, in words. */
export function UnseenContours({ unseen }: { unseen: Unseen }) {
  const t = useTranslations('viewer');
  const { contours, otherFrame, projection, refused } = unseen;
  const named = refused.slice(0, MOST_NAMED);
  return (
    <>
      {contours > 0 && <div className="text-amber-300">{t('contoursUnplaced', { count: contours })}</div>}
      {otherFrame > 0 && <div className="text-amber-300">{t('roisOtherFrame', { count: otherFrame })}</div>}
      {named.length > 0 && (
        <div className="text-amber-300">
          {t('roisRefused', { names: named.join(', '), more: refused.length - named.length })}
        </div>
      )}
      {projection > 0 && <div className="text-amber-300">{t('roisNotOnProjection')}</div>}
    </>
  );
}
