'use client';

import { useTranslations } from 'next-intl';
import type { Pane } from '../engine/pane.ts';

const lengths = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** A ruler in patient millimetres a fifth of the view long or less. */
export function ScaleBar({ pane }: { pane: Pane }) {
  const t = useTranslations('viewer');
  const view = pane.viewPlane();
  if (!view?.frameOfReferenceUid && !pane.plane) return null;
  const perMm = view ? 1 / view.mmPerPixel : 0;
  const room = pane.element.clientWidth / 4;
  const length = [...lengths].reverse().find((mm) => mm * perMm <= room) ?? 1;
  return (
    <div
      data-scale-mm={length}
      data-scale-px={length * perMm}
      className="pointer-events-none absolute right-1 bottom-1.5 rounded-sm bg-black/65 px-1.5 pb-1 text-right text-xs text-neutral-100 small:text-[10px]"
    >
      <div>{length >= 10 ? t('centimetres', { length: length / 10 }) : t('millimetres', { length })}</div>
      <div className="ml-auto h-1.5 border-x border-b border-neutral-100" style={{ width: length * perMm }} />
    </div>
  );
}
