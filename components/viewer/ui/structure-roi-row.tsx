'use client';

import { CircleDot, LocateFixed } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import { opacityOf } from '../engine/roi-state.ts';
import type { Stage } from '../engine/stage.ts';
import type { RoiDisplay } from '../engine/store.ts';
import type { RoiVolume } from '../workers/structures-messages.ts';

const icon =
  'grid size-6 shrink-0 cursor-pointer place-items-center rounded text-neutral-300 hover:bg-neutral-800 hover:text-white aria-pressed:bg-teal-900';

type Props = {
  stage: Stage;
  set: StructureSet;
  roi: Roi;
  display: RoiDisplay | undefined;
  /** Undefined while it is computed. */
  volume: RoiVolume | undefined;
};

/** One ROI: shown or not, alone or not, how much its fill covers; where it is and how large; what is wrong with it. */
export function RoiRow({ stage, set, roi, display, volume }: Props) {
  const t = useTranslations('viewer');
  const name = roi.name || t('roiNumber', { number: roi.number });
  if (roi.contours.length === 0 && roi.unreadableContours === 0)
    return (
      <li className="flex items-center gap-2 px-1.5 py-0.5 text-neutral-400">
        <span className="size-3 shrink-0 rounded-sm border border-neutral-600" aria-hidden="true" />
        <span className="truncate" title={name}>
          {roi.repeatedNumber
            ? t('roiNumberRepeated', { name, number: roi.number })
            : t('roiEmpty', { name })}
        </span>
      </li>
    );
  const visible = display?.visible.has(roi.number) ?? false;
  const drawn = set.rois.filter((one) => one.contours.length > 0).map((one) => one.number);
  const alone = visible && display?.visible.size === 1 && drawn.length > 1;
  const uid = set.sopInstanceUid;
  const toggle = () =>
    stage.setRoi(uid, (before) => {
      const next = new Set(before.visible);
      if (!next.delete(roi.number)) next.add(roi.number);
      return { ...before, visible: next };
    });
  const showAlone = () =>
    stage.setRoi(uid, (before) => ({ ...before, visible: new Set(alone ? drawn : [roi.number]) }));
  return (
    <li className="rounded px-1.5 py-0.5 hover:bg-neutral-900">
      <div className="flex items-center gap-2">
        <label className="flex min-h-6 min-w-0 flex-1 cursor-pointer items-center gap-2">
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
          <span className={`truncate ${visible ? 'text-neutral-100' : 'text-neutral-400'}`} title={name}>
            {name}
          </span>
        </label>
        <Volume volume={volume} />
      </div>
      <div className="flex items-center gap-1 pl-5">
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(opacityOf(display, roi) * 100)}
          aria-label={t('opacity', { name })}
          className="h-6 min-w-0 flex-1 accent-neutral-400"
          onChange={(event) => {
            const opacity = Number(event.target.value) / 100;
            stage.setRoi(uid, (before) => ({
              ...before,
              opacity: { ...before.opacity, [roi.number]: opacity },
            }));
          }}
        />
        <button
          type="button"
          className={icon}
          aria-pressed={alone}
          aria-label={t('roiAlone', { name })}
          title={t('roiAlone', { name })}
          onClick={showAlone}
        >
          <CircleDot size={14} aria-hidden />
        </button>
        <button
          type="button"
          className={icon}
          aria-label={t('roiGoTo', { name })}
          title={t('roiGoTo', { name })}
          onClick={() => stage.goToRoi(set, roi.number)}
        >
          <LocateFixed size={14} aria-hidden />
        </button>
      </div>
      <Oddities roi={roi} volume={volume} />
    </li>
  );
}

function Volume({ volume }: { volume: RoiVolume | undefined }) {
  const format = useFormatter();
  const t = useTranslations('viewer');
  if (!volume) return null;
  if (volume.cc === null) return null;
  const digits = volume.cc < 10 ? 2 : volume.cc < 1000 ? 1 : 0;
  return (
    <span className="shrink-0 text-xs text-neutral-300 tabular-nums">
      {t('roiVolume', { value: format.number(volume.cc, { maximumFractionDigits: digits }) })}
    </span>
  );
}

/** What the reader must know of how it was drawn. */
function Oddities({ roi, volume }: { roi: Roi; volume: RoiVolume | undefined }) {
  const t = useTranslations('viewer');
  const words = [
    roi.unreadableContours > 0 && t('unreadableContours', { count: roi.unreadableContours }),
    volume && volume.gaps > 0 && t('roiGaps', { count: volume.gaps }),
    volume && volume.openContours > 0 && t('roiOpen', { count: volume.openContours }),
    volume?.reason && isKnown(volume.reason) && t(`noBody.${volume.reason}`),
  ].filter(Boolean);
  if (words.length === 0) return null;
  return <p className="pl-5 text-xs text-amber-300">{words.join(' · ')}</p>;
}

const reasons = ['no_closed_contours', 'not_parallel', 'not_planar', 'plane_distance_unknown'] as const;
const isKnown = (reason: string): reason is (typeof reasons)[number] => reasons.some((one) => one === reason);
