'use client';

import { useTranslations } from 'next-intl';
import type { DoseHeader } from '@/lib/dicom/rtdose-header.ts';
import { maxDose } from '@/lib/rt/dose-max.ts';
import type { AttachedDose } from '../data/doses.ts';
import { firstDoseState, ofDoses } from '../engine/dose-state.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';

/** Which doses are shown: several are added up. What cannot be shown says why. */
export function DoseChoice({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer');
  const nameOf = useDoseName();
  const { dose, doses, plans } = snapshot;
  const chosen = new Set(dose?.doseUids);
  const toggle = ({ sopInstanceUid: uid }: DoseHeader) => {
    const next = doses
      .map((one) => one.header.sopInstanceUid)
      .filter((one) => (one === uid ? !chosen.has(uid) : chosen.has(one)));
    if (next.length === 0) return;
    const shown = stage.doses.shown(next);
    const headers = (uids: readonly string[]) =>
      doses.map((one) => one.header).filter((one) => uids.includes(one.sopInstanceUid));
    const now = headers(next);
    stage.setExtras({
      dose: dose
        ? ofDoses(dose, { before: headers(dose.doseUids), next: now }, plans)
        : firstDoseState(now, plans, shown.known ? maxDose(shown.grid) : 0),
    });
  };
  return (
    <ul>
      {doses.map(({ header, progress }) => (
        <li key={header.sopInstanceUid}>
          <label className="flex min-h-6 cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.has(header.sopInstanceUid)}
              disabled={isRefused(progress)}
              onChange={() => toggle(header)}
              className="size-3.5 shrink-0 accent-teal-400"
            />
            <span className="min-w-0 truncate" title={nameOf(header)}>
              {nameOf(header)}
            </span>
          </label>
          {progress === 'loading' && (
            <p className="pl-5 text-xs text-neutral-300">{t('doseUnseen.loading')}</p>
          )}
          {isRefused(progress) && (
            <p className="pl-5 text-xs text-amber-300">{t(`doseUnseen.${progress}`)}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

type Progress = AttachedDose['progress'];
const isRefused = (progress: Progress): progress is Exclude<Progress, 'known' | 'loading' | 'ready'> =>
  !['known', 'loading', 'ready'].includes(progress);

/** What a dose is called: its description, and how much of a treatment it is. */
export function useDoseName(): (dose: DoseHeader) => string {
  const kindOf = useDoseKind();
  return (dose) => {
    const numbers = [...dose.fractionGroups, ...dose.beams].join(', ');
    const kind = kindOf(dose.summationType);
    return [dose.description, numbers && dose.beams.length > 0 ? `${kind} ${numbers}` : kind]
      .filter(Boolean)
      .join(' · ');
  };
}

const kinds = [
  'PLAN',
  'MULTI_PLAN',
  'PLAN_OVERVIEW',
  'FRACTION',
  'BEAM',
  'BRACHY',
  'FRACTION_SESSION',
  'BEAM_SESSION',
  'BRACHY_SESSION',
  'CONTROL_POINT',
  'RECORD',
] as const;

/** A Dose Summation Type in words; as it stands where it is none of the standard's. */
export function useDoseKind(): (summationType: string) => string {
  const t = useTranslations('viewer.dose');
  return (summationType) => {
    const known = kinds.find((one) => one === summationType);
    return known ? t(`kinds.${known}`) : summationType || t('kindUnknown');
  };
}
