'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { isocentresOf, type RtPlan } from '@/lib/dicom/rtplan.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { PanelSection } from './panel-section.tsx';
import { PlanBeams } from './plan-beams.tsx';

/** What each attached plan prescribes and how; what it does not say is said. */
export function PlanSections({ snapshot }: { snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.plan');
  return snapshot.plans.map((plan) => (
    <PanelSection key={plan.sopInstanceUid} title={t('title', { label: plan.label || plan.name || '–' })}>
      <Plan plan={plan} />
    </PanelSection>
  ));
}

function Plan({ plan }: { plan: RtPlan }) {
  const t = useTranslations('viewer.plan');
  const format = useFormatter();
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
        <p key={centre.join()} className="tabular-nums">
          {t('isocentre', {
            at: centre.map((value) => format.number(value, { maximumFractionDigits: 1 })).join(' / '),
          })}
        </p>
      ))}
      {plan.missing.length > 0 && (
        <p className="text-amber-300">
          {t('missing', { what: plan.missing.map((one) => t(`gaps.${one}`)).join(', ') })}
        </p>
      )}
      <PlanBeams plan={plan} />
    </div>
  );
}
