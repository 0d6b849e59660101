'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { DoseState } from '@/lib/live/view-state.ts';
import { maxDose } from '@/lib/rt/dose-max.ts';
import { firstDoseState, inUnit, isOn, levelsAgain } from '../engine/dose-state.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { DoseChoice } from './dose-choice.tsx';
import { DoseLevels } from './dose-levels.tsx';
import { DoseSummary } from './dose-summary.tsx';
import { NumberField } from './number-field.tsx';
import { PanelSection } from './panel-section.tsx';

const select = 'h-7 min-w-0 rounded border border-neutral-500 bg-neutral-900 px-1 text-xs text-neutral-100';
const modes = ['lines', 'wash', 'both'] as const;

/** The dose over the images: which, as what, in which unit, with which levels. */
export function DoseSection({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.dose');
  const before = useRef<DoseState | null>(null);
  const { dose, doses, plans } = snapshot;
  if (doses.length === 0) return null;
  const shown = dose && stage.doses.shown(dose.doseUids);
  const set = (next: DoseState) => stage.setExtras({ dose: next });
  const on = isOn(dose);
  const toggle = () => {
    if (!dose) return;
    if (on) before.current = dose;
    const first = shown?.known ? firstDoseState(shown.doses, plans, maxDose(shown.grid)) : null;
    const levels = levelsAgain(before.current, dose.unit);
    const again = levels.length > 0 ? { ...dose, levels } : first;
    if (on) set({ ...dose, levels: [] });
    else if (again) set(again);
  };
  return (
    <PanelSection title={t('title')}>
      <div className="space-y-1.5 px-1.5">
        <DoseChoice stage={stage} snapshot={snapshot} />
        {dose && (
          <>
            <label className="flex min-h-6 cursor-pointer items-center gap-2">
              <input type="checkbox" checked={on} onChange={toggle} className="size-3.5 accent-teal-400" />
              {t('show')}
            </label>
            {shown && <DoseSummary shown={shown} plans={plans} dose={dose} />}
          </>
        )}
        {on && (
          <>
            <div className="grid gap-1">
              <select
                aria-label={t('mode')}
                className={select}
                value={dose.mode}
                onChange={(event) =>
                  set({ ...dose, mode: modes.find((one) => one === event.target.value) ?? 'lines' })
                }
              >
                {modes.map((mode) => (
                  <option key={mode} value={mode}>
                    {t(`modes.${mode}`)}
                  </option>
                ))}
              </select>
              <select
                aria-label={t('unit')}
                className={select}
                value={dose.unit}
                onChange={(event) => set(inUnit(dose, event.target.value === 'Gy' ? 'Gy' : 'percent'))}
              >
                <option value="Gy">Gy</option>
                <option value="percent" disabled={dose.referenceGy === null}>
                  {t('percentOfReference')}
                </option>
              </select>
            </div>
            <NumberField
              label={t('reference')}
              value={dose.referenceGy}
              unit="Gy"
              onChange={(referenceGy) => set({ ...dose, referenceGy })}
            />
            {dose.mode !== 'lines' && (
              <label className="flex items-center gap-2 text-xs text-neutral-300">
                {t('opacity')}
                <input
                  type="range"
                  min={5}
                  max={100}
                  step={5}
                  value={Math.round(dose.opacity * 100)}
                  className="h-6 min-w-0 flex-1 accent-neutral-400"
                  onChange={(event) => set({ ...dose, opacity: Number(event.target.value) / 100 })}
                />
              </label>
            )}
            <DoseLevels dose={dose} onChange={set} />
          </>
        )}
      </div>
    </PanelSection>
  );
}
