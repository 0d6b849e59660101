'use client';

import { LocateFixed } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { Roi, StructureSet } from '@/lib/dicom/rtstruct.ts';
import type { RoiPair } from '@/lib/rt/roi-pairs.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import type { PairAgreement } from '../workers/structures-messages.ts';

type Props = {
  stage: Stage;
  snapshot: ViewerSnapshot;
  sets: { reference: StructureSet; compared: StructureSet };
  pair: RoiPair;
  /** Undefined while it is computed, and where there is no counterpart. */
  agreement: PairAgreement | 'failed' | undefined;
  tauMm: number;
  onPair: (other: number | null) => void;
};

/** One ROI of the reference, its counterpart (which can be changed), and how far the two agree. */
export function ComparePair({ stage, snapshot, sets, pair, agreement, tauMm, onPair }: Props) {
  const t = useTranslations('viewer');
  const { reference, compared } = sets;
  const { roi, other, matchedBy } = pair;
  const nameOf = (one: Roi): string => one.name || t('roiNumber', { number: one.number });
  const name = nameOf(roi);
  const isOn = (set: StructureSet, one: Roi): boolean =>
    snapshot.rois.get(set.sopInstanceUid)?.visible.has(one.number) ?? false;
  const shown = isOn(reference, roi) && (!other || isOn(compared, other));
  const switchOn = (set: StructureSet, one: Roi, on: boolean): void =>
    stage.setRoi(set.sopInstanceUid, (before) => {
      const visible = new Set(before.visible);
      if (on) visible.add(one.number);
      else visible.delete(one.number);
      return { ...before, visible };
    });
  const toggle = () => {
    switchOn(reference, roi, !shown);
    if (other) switchOn(compared, other, !shown);
  };
  return (
    <li className="rounded border border-neutral-800 p-1.5">
      <div className="flex items-center gap-1">
        <label className="flex min-h-6 min-w-0 flex-1 cursor-pointer items-center gap-2">
          <input type="checkbox" className="size-3.5 shrink-0" checked={shown} onChange={toggle} />
          <span aria-hidden className="size-3 shrink-0 rounded-sm" style={{ backgroundColor: roi.colour }} />
          <span className="truncate" title={name}>
            {name}
          </span>
        </label>
        <button
          type="button"
          className="grid size-8 shrink-0 cursor-pointer place-items-center rounded text-neutral-300 hover:bg-neutral-800 hover:text-white"
          aria-label={t('roiGoTo', { name })}
          title={t('roiGoTo', { name })}
          onClick={() => stage.goToRoi(reference, roi.number)}
        >
          <LocateFixed size={14} aria-hidden />
        </button>
      </div>
      <select
        aria-label={t('comparison.counterpart', { name })}
        className="h-8 w-full min-w-0 rounded border border-neutral-500 bg-neutral-900 px-1.5 text-xs"
        value={other?.number ?? ''}
        onChange={(event) => onPair(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">{t('comparison.noCounterpart')}</option>
        {compared.rois.map((one) => (
          <option key={one.number} value={one.number}>
            {nameOf(one)}
          </option>
        ))}
      </select>
      {matchedBy === 'number' && (
        <p className="text-xs text-amber-300">{t('comparison.byNumber', { number: roi.number })}</p>
      )}
      {other && <Figures other={other} agreement={agreement} tauMm={tauMm} />}
    </li>
  );
}

const reasons = [
  'frame_of_reference_differs',
  'no_surface',
  'no_contours',
  'no_closed_contours',
  'not_parallel',
  'not_planar',
  'plane_distance_unknown',
] as const;
const known = (reason: string): (typeof reasons)[number] | 'other' =>
  reasons.find((one) => one === reason) ?? 'other';

function Figures({ other, agreement, tauMm }: Pick<Props, 'agreement' | 'tauMm'> & { other: Roi }) {
  const t = useTranslations('viewer.comparison');
  const format = useFormatter();
  if (other.contours.length === 0) return <p className="text-xs text-amber-300">{t('reason.no_contours')}</p>;
  if (!agreement) return <p className="text-xs text-neutral-300">{t('computing')}</p>;
  if (agreement === 'failed') return <p className="text-xs text-amber-300">{t('failed')}</p>;
  const { volumeA, volumeB, dice, surfaceDice, hd95, mean, reason } = agreement;
  const number = (value: number | null, digits: number): string =>
    value === null
      ? '–'
      : format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const cc = (value: number | null): string =>
    value === null ? '–' : number(value, value < 10 ? 2 : value < 1000 ? 1 : 0);
  const length = (value: number | null): string =>
    value === null ? '–' : t('millimetres', { value: number(value, 2) });
  const rows: [string, string][] = [
    [t('dice'), number(dice, 3)],
    [t('surfaceDice', { tau: format.number(tauMm) }), number(surfaceDice, 3)],
    [t('hd95'), length(hd95)],
    [t('mean'), length(mean)],
    [t('volumes'), t('volumePair', { reference: cc(volumeA), compared: cc(volumeB) })],
  ];
  return (
    <>
      {reason && <p className="text-xs text-amber-300">{t(`reason.${known(reason)}`)}</p>}
      <dl className="mt-1 grid grid-cols-[1fr_auto] gap-x-2 text-xs tabular-nums">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-neutral-300">{term}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
