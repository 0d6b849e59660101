'use client';

import { useTranslations } from 'next-intl';
import type { Roi } from '@/lib/dicom/rtstruct.ts';
import type { JudgedStructureSet } from '../data/structures.ts';
import { opacityOf } from '../engine/roi-state.ts';
import type { Stage } from '../engine/stage.ts';
import type { RoiDisplay } from '../engine/store.ts';
import { useRefusal } from './use-refusal.ts';

const small = 'cursor-pointer rounded px-1.5 py-0.5 text-xs text-neutral-200 hover:bg-neutral-800';

/** One structure set: its ROIs to show, hide and fill; or why nothing of it is drawn. */
export function StructureSetView(props: {
  stage: Stage;
  judged: JudgedStructureSet;
  display: RoiDisplay | undefined;
}) {
  const { stage, judged, display } = props;
  const t = useTranslations('viewer');
  const refusal = useRefusal();
  const { set, fit } = judged;
  const drawn = set.rois.filter((roi) => roi.contours.length > 0);
  const showOnly = (numbers: Iterable<number>) =>
    stage.setRoi(set.sopInstanceUid, (before) => ({ ...before, visible: new Set(numbers) }));
  return (
    <section aria-label={set.label || t('structures')}>
      <div className="mb-1 flex items-center gap-1 px-1.5">
        <h2 className="min-w-0 flex-1 truncate text-xs font-semibold tracking-wide text-neutral-400 uppercase">
          {set.label || t('structures')}
        </h2>
        {fit.fits && (
          <>
            <button type="button" className={small} onClick={() => showOnly(drawn.map((roi) => roi.number))}>
              {t('all')}
            </button>
            <button type="button" className={small} onClick={() => showOnly([])}>
              {t('none')}
            </button>
          </>
        )}
      </div>
      {!fit.fits && (
        <p role="status" className="rounded border border-red-900 bg-red-950 px-2 py-1.5 text-red-100">
          {refusal(fit)}
        </p>
      )}
      {fit.fits && fit.missingImages > 0 && (
        <p className="px-1.5 pb-1 text-amber-300">{t('missingImages', { count: fit.missingImages })}</p>
      )}
      {fit.fits && (
        <ul>
          {set.rois.map((roi) => (
            <RoiRow key={roi.number} stage={stage} setUid={set.sopInstanceUid} roi={roi} display={display} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RoiRow(props: { stage: Stage; setUid: string; roi: Roi; display: RoiDisplay | undefined }) {
  const { stage, setUid, roi, display } = props;
  const t = useTranslations('viewer');
  const name = roi.name || t('roiNumber', { number: roi.number });
  if (roi.contours.length === 0 && roi.unreadableContours === 0) {
    return (
      <li className="flex items-center gap-2 px-1.5 py-0.5 text-neutral-400">
        <span className="size-3 shrink-0 rounded-sm border border-neutral-600" aria-hidden="true" />
        <span className="truncate">{t('roiEmpty', { name })}</span>
        <Unreadable count={roi.unreadableContours} />
      </li>
    );
  }
  const visible = display?.visible.has(roi.number) ?? false;
  const toggle = () =>
    stage.setRoi(setUid, (before) => {
      const next = new Set(before.visible);
      if (!next.delete(roi.number)) next.add(roi.number);
      return { ...before, visible: next };
    });
  return (
    <li className="flex items-center gap-2 rounded px-1.5 py-0.5 hover:bg-neutral-900">
      <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2">
        <input
          type="checkbox"
          checked={visible}
          onChange={toggle}
          className="size-3.5 shrink-0"
          style={{ accentColor: roi.colour }}
        />
        <span
          className="size-3 shrink-0 rounded-sm"
          style={{ backgroundColor: roi.colour }}
          aria-hidden="true"
        />
        {roi.unreadableContours > 0 && (
          <span
            role="img"
            aria-label={t('unreadableContours', { count: roi.unreadableContours })}
            title={t('unreadableContours', { count: roi.unreadableContours })}
          >
            ⚠
          </span>
        )}
        <span className={`truncate ${visible ? 'text-neutral-100' : 'text-neutral-400'}`}>{name}</span>
        <Unreadable count={roi.unreadableContours} />
      </label>
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={Math.round(opacityOf(display, roi) * 100)}
        aria-label={t('opacity', { name })}
        className="h-3 w-14 shrink-0 accent-neutral-400"
        onChange={(event) => {
          const opacity = Number(event.target.value) / 100;
          stage.setRoi(setUid, (before) => ({
            ...before,
            opacity: { ...before.opacity, [roi.number]: opacity },
          }));
        }}
      />
    </li>
  );
}

/** Contours of a ROI whose coordinates make no sense: what is seen of it is not all of it. */
function Unreadable({ count }: { count: number }) {
  const t = useTranslations('viewer');
  if (count === 0) return null;
  return <span className="shrink-0 text-xs text-amber-300">{t('roiUnreadable', { count })}</span>;
}
