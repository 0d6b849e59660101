'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { JudgedStructureSet } from '../data/structures.ts';
import type { Stage } from '../engine/stage.ts';
import type { RoiDisplay } from '../engine/store.ts';
import { PanelSection } from './panel-section.tsx';
import { RoiRow } from './structure-roi-row.tsx';
import { useVolumes } from './structure-volumes.ts';
import { useRefusal, useRoiRefusal } from './use-refusal.ts';

const small =
  'cursor-pointer rounded px-1.5 py-0.5 text-xs text-neutral-200 hover:bg-neutral-800 aria-pressed:bg-teal-900';
/** So many ROIs are overlooked at a glance; more of them are searched. */
const FEW = 8;

type Props = { stage: Stage; judged: JudgedStructureSet; display: RoiDisplay | undefined };

/** One structure set or segmentation: its ROIs to show, hide, fill and find; or why nothing of it is drawn. */
export function StructureSetView({ stage, judged, display }: Props) {
  const t = useTranslations('viewer');
  const refusal = useRefusal();
  const { set, fit } = judged;
  const title = set.label || t(judged.segmentation ? 'segmentation' : 'structures');
  return (
    <PanelSection title={title}>
      {fit.fits ? (
        <FittingSet stage={stage} judged={judged} display={display} />
      ) : (
        <p role="status" className="rounded border border-red-900 bg-red-950 px-2 py-1.5 text-red-100">
          {refusal(fit)}
        </p>
      )}
    </PanelSection>
  );
}

function FittingSet({ stage, judged, display }: Props) {
  const t = useTranslations('viewer');
  const { set, fit, segmentation } = judged;
  const volumes = useVolumes(stage, set);
  const [filter, setFilter] = useState('');
  const id = useId();
  const wanted = filter.trim().toLocaleLowerCase();
  const listed = set.rois.filter((roi) => roi.name.toLocaleLowerCase().includes(wanted));
  const drawn = listed.filter((roi) => roi.contours.length > 0).map((roi) => roi.number);
  const change = (next: (before: RoiDisplay) => Partial<RoiDisplay>) =>
    stage.setRoi(set.sopInstanceUid, (before) => ({ ...before, ...next(before) }));
  // What the filter hides keeps as it is.
  const showAll = () => change(({ visible }) => ({ visible: new Set([...visible, ...drawn]) }));
  const hideAll = () =>
    change(({ visible }) => ({ visible: new Set([...visible].filter((one) => !drawn.includes(one))) }));
  const linesOnly = () =>
    change(({ opacity }) => ({
      opacity: { ...opacity, ...Object.fromEntries(drawn.map((one) => [one, 0])) },
    }));
  const filled = () =>
    change(({ opacity }) => ({
      opacity: Object.fromEntries(Object.entries(opacity).filter(([one]) => !drawn.includes(Number(one)))),
    }));
  const lines = drawn.length > 0 && drawn.every((one) => display?.opacity[one] === 0);
  return (
    <>
      <RefusedRois fit={fit} />
      {fit.fits && fit.missingImages > 0 && (
        <p className="px-1.5 pb-1 text-amber-300">{t('missingImages', { count: fit.missingImages })}</p>
      )}
      {segmentation?.type === 'FRACTIONAL' && (
        <p className="px-1.5 pb-1 text-amber-300">
          {t(segmentation.fractionalType === 'PROBABILITY' ? 'segProbability' : 'segOccupancy')}
        </p>
      )}
      <div className="flex flex-wrap items-center px-1.5">
        <button type="button" className={small} onClick={showAll}>
          {t('all')}
        </button>
        <button type="button" className={small} onClick={hideAll}>
          {t('none')}
        </button>
        <button type="button" className={small} aria-pressed={lines} onClick={lines ? filled : linesOnly}>
          {t('linesOnly')}
        </button>
      </div>
      {set.rois.length > FEW && (
        <div className="px-1.5 py-1">
          <label htmlFor={id} className="sr-only">
            {t('filterRois')}
          </label>
          <input
            id={id}
            type="search"
            value={filter}
            placeholder={t('filterRois')}
            onChange={(event) => setFilter(event.target.value)}
            // Keys of the viewer are letters too.
            onKeyDown={(event) => event.stopPropagation()}
            className="w-full rounded border border-neutral-500 bg-neutral-900 px-1.5 py-0.5 text-xs text-neutral-100 placeholder:text-neutral-400"
          />
        </div>
      )}
      {listed.length === 0 && <p className="px-1.5 text-neutral-300">{t('noRoiFound')}</p>}
      <ul>
        {listed.map((roi) => (
          <RoiRow
            key={roi.number}
            stage={stage}
            set={set}
            roi={roi}
            display={display}
            volume={volumes.get(roi.number)}
          />
        ))}
      </ul>
    </>
  );
}

/** ROIs of the set that are not drawn: each is named, and why. */
function RefusedRois({ fit }: { fit: JudgedStructureSet['fit'] }) {
  const refusal = useRoiRefusal();
  if (!fit.fits || fit.refused.length === 0) return null;
  return (
    <ul role="status" className="space-y-0.5 px-1.5 pb-1 text-amber-300">
      {fit.refused.map((one) => (
        <li key={one.roi.number}>{refusal(one)}</li>
      ))}
    </ul>
  );
}
