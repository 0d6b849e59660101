'use client';

import { useTranslations } from 'next-intl';
import type { UnseenBeams } from '../engine/beam-layer.ts';
import type { UnseenDose } from '../engine/dose-layer.ts';

/** Why the beams that are switched on are not on this picture, in words. */
export function UnseenBeamWords({ unseen }: { unseen: UnseenBeams }) {
  const t = useTranslations('viewer.beamsUnseen');
  return unseen && <div className="text-amber-300">{t(unseen)}</div>;
}

/** Why the dose that is switched on is not on this picture, in words. */
export function UnseenDoseWords({ unseen }: { unseen: UnseenDose }) {
  const t = useTranslations('viewer.doseUnseen');
  if (unseen === null) return null;
  const expected = unseen === 'loading' || unseen === 'beyond_grid';
  return (
    <div className={expected ? 'text-neutral-300 @max-[200px]:hidden' : 'text-amber-300'}>{t(unseen)}</div>
  );
}
