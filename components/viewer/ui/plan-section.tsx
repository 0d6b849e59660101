'use client';

import { LocateFixed } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { isocentresOf, type RtPlan } from '@/lib/dicom/rtplan.ts';
import { frameOfPlan } from '../engine/beam-layer.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { PanelSection } from './panel-section.tsx';
import { PlanBeams } from './plan-beams.tsx';

/** What each attached plan prescribes and how; what it does not say is said. */
export function PlanSections({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.plan');
  return snapshot.plans.map((plan) => (
    <PanelSection key={plan.sopInstanceUid} title={t('title', { label: plan.label || plan.name || '–' })}>
      <Plan stage={stage} snapshot={snapshot} plan={plan} />
    </PanelSection>
  ));
}

function Plan({ stage, snapshot, plan }: { stage: Stage; snapshot: ViewerSnapshot; plan: RtPlan }) {
  const t = useTranslations('viewer.plan');
  const format = useFormatter();
  const drawn = snapshot.beamsOf === plan.sopInstanceUid;
  const frame = frameOfPlan(plan, snapshot);
  const gy = (value: number) => t('gy', { value: format.number(value, { maximumFractionDigits: 2 }) });
  const state = [plan.name, plan.intent, plan.approval, ...plan.setups.map((one) => one.patientPosition)];
  return (
    <div className="space-y-1 px-1.5 text-xs text-neutral-200">
      <p className="break-words text-neutral-300">{[...new Set(state)].filter(Boolean).join(' · ')}</p>
      {plan.prescriptions.map((one, index) => (
        <p key={one.number ?? index}>
          {t('prescribed', {
            site: one.description || t('target'),
            dose: one.doseGy === null ? t('notSaid') : gy(one.doseGy),
          })}
        </p>
      ))}
      {plan.prescriptionText && <p className="break-words">{plan.prescriptionText}</p>}
      {plan.fractionGroups.map((group, index) => (
        <p key={group.number ?? index}>
          {group.fractions === null
            ? t('fractionsNotSaid')
            : t('fractions', { count: group.fractions, beams: group.beams.length })}
          {group.brachySetups > 0 && ` · ${t('brachy', { count: group.brachySetups })}`}
        </p>
      ))}
      {isocentresOf(plan).map((centre) => (
        <div key={centre.join()} className="flex items-center gap-1 tabular-nums">
          <p className="flex-1">
            {t('isocentre', {
              at: centre.map((value) => format.number(value, { maximumFractionDigits: 1 })).join(' / '),
            })}
          </p>
          {frame && (
            <button
              type="button"
              className="grid size-6 shrink-0 cursor-pointer place-items-center rounded text-neutral-300 hover:bg-neutral-800 hover:text-white"
              aria-label={t('goToIsocentre')}
              title={t('goToIsocentre')}
              onClick={() => stage.goToPoint(centre, frame)}
            >
              <LocateFixed size={14} aria-hidden />
            </button>
          )}
        </div>
      ))}
      {plan.missing.length > 0 && (
        <p className="text-amber-300">
          {t('missing', { what: plan.missing.map((one) => t(`gaps.${one}`)).join(', ') })}
        </p>
      )}
      {plan.beams.length > 0 && (
        <label className="flex min-h-6 cursor-pointer items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={drawn}
            onChange={() => stage.setExtras({ beamsOf: drawn ? null : plan.sopInstanceUid })}
            className="size-3.5 accent-teal-400"
          />
          {t('drawBeams')}
        </label>
      )}
      <PlanBeams plan={plan} />
    </div>
  );
}
