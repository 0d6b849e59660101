'use client';

import { Contrast, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Pane } from '../engine/pane.ts';
import type { Stage } from '../engine/stage.ts';
import { presetsOf } from '../engine/voi.ts';
import { ToolButton } from './tool-button.tsx';
import { ToolGroup } from './tool-group.tsx';
import { toolSelect } from './tool-select.ts';

/** How the active viewport's values become greys: inverted, as at first, by a preset. */
export function GreyControls({ stage, pane }: { stage: Stage; pane: Pane | undefined }) {
  const t = useTranslations('viewer');
  const presets = presetsOf(pane?.stack ?? null);
  const voi = pane?.state()?.voi;
  const preset = presets.find((one) => one.voi.center === voi?.center && one.voi.width === voi.width);
  return (
    <ToolGroup label={t('groups.greys')} icon={<Contrast size={16} aria-hidden />} from={940}>
      <ToolButton
        label={t('invert')}
        pressed={pane?.state()?.invert ?? false}
        onClick={() => pane && stage.change(pane, { invert: !pane.state()?.invert })}
      >
        <Contrast size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={t('reset')} onClick={() => pane && stage.reset(pane)}>
        <RotateCcw size={16} aria-hidden />
      </ToolButton>
      {presets.length > 0 && (
        <select
          aria-label={t('preset')}
          className={toolSelect}
          value={preset?.id ?? ''}
          onChange={(event) => {
            const chosen = presets.find((one) => one.id === event.target.value);
            if (pane && chosen) stage.change(pane, { voi: chosen.voi });
          }}
        >
          {!preset && <option value="">{t('presetOwn')}</option>}
          {presets.map((one, index) => (
            <option key={one.id} value={one.id}>
              {`${index + 1} ${t(`presets.${one.id}`)}`}
            </option>
          ))}
        </select>
      )}
    </ToolGroup>
  );
}
