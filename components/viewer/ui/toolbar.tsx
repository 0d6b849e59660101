'use client';

import {
  CircleHelp,
  Contrast,
  Crosshair,
  Grid2x2,
  Hand,
  Layers,
  Link2,
  ListTree,
  RotateCcw,
  Search,
  SunMedium,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ComponentType, type ReactNode, useEffect, useMemo, useReducer } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { tools } from '../engine/tools.ts';
import { presetsOf } from '../engine/voi.ts';
import { canHang, isLayoutId, layouts, modalitiesOf } from '../ohif/layouts.ts';
import { currentAndPrior } from '../ohif/priors.ts';
import { CineControls } from './cine-controls.tsx';
import { DvhButton } from './dvh-button.tsx';
import { FusionBar } from './fusion-bar.tsx';
import { MarkTools } from './mark-tools.tsx';
import { MeasureTools } from './measure-tools.tsx';
import { ToolButton } from './tool-button.tsx';

const icons: Record<(typeof tools)[number], ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = {
  window: SunMedium,
  pan: Hand,
  zoom: Search,
  scroll: Layers,
};

type Props = {
  stage: Stage;
  snapshot: ViewerSnapshot;
  panel: boolean;
  onPanel: () => void;
  onHelp: () => void;
  /** Whether there is anybody to point for. */
  draws: boolean;
  /** How much of the screen is used. */
  screen: ReactNode;
  /** Registers what draws the toolbar anew when the active viewport was painted. */
  onMount: (id: string, redraw: () => void) => () => void;
};

/** The toolbar tells the active viewport's window: it is drawn anew with it. */
export const TOOLBAR = 'toolbar';

/** The viewer's tools; every one has a key too (see the help). */
export function Toolbar(props: Props) {
  const { stage, snapshot, panel, onPanel, onHelp, onMount } = props;
  const t = useTranslations('viewer');
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => onMount(TOOLBAR, redraw), [onMount]);
  const pane = stage.pane(snapshot.activeId);
  const modalities = modalitiesOf(snapshot);
  const hasPrior = useMemo(() => currentAndPrior(snapshot.stacks) !== null, [snapshot.stacks]);
  const presets = presetsOf(pane?.stack ?? null);
  const voi = pane?.state()?.voi;
  const preset = presets.find((one) => one.voi.center === voi?.center && one.voi.width === voi.width);
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      // On a phone one line that is pushed sideways: the picture needs the room.
      className="flex flex-wrap items-center gap-1 border-b border-neutral-800 bg-neutral-900 px-2 py-1 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:*:shrink-0"
    >
      <ToolButton label={t('panel')} pressed={panel} onClick={onPanel}>
        <ListTree size={16} aria-hidden />
      </ToolButton>
      <Gap />
      {tools.map((tool) => {
        const Icon = icons[tool];
        return (
          <ToolButton
            key={tool}
            label={t(`tool.${tool}`)}
            pressed={snapshot.tool === tool}
            onClick={() => stage.chooseTool(tool)}
          >
            <Icon size={16} aria-hidden />
          </ToolButton>
        );
      })}
      <ToolButton
        label={t('tool.crosshair')}
        pressed={snapshot.tool === 'crosshair'}
        onClick={() => stage.chooseTool('crosshair')}
      >
        <Crosshair size={16} aria-hidden />
      </ToolButton>
      <Gap />
      {props.draws && <MarkTools stage={stage} snapshot={snapshot} />}
      <MeasureTools stage={stage} snapshot={snapshot} />
      <Gap />
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
          className={select}
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
      <Gap />
      <select
        aria-label={t('layout')}
        className={select}
        value={snapshot.layout}
        onChange={(event) => isLayoutId(event.target.value) && stage.setLayout(event.target.value)}
      >
        {Object.keys(layouts).map((layout) => (
          <option
            key={layout}
            value={layout}
            disabled={!isLayoutId(layout) || !canHang(layout, modalities, hasPrior)}
          >
            {t(`layouts.${layout}`)}
          </option>
        ))}
      </select>
      {snapshot.layout !== 'single' && (
        <ToolButton
          label={t('link')}
          pressed={snapshot.linked}
          onClick={() => stage.setLinked(!snapshot.linked)}
        >
          <Link2 size={16} aria-hidden />
        </ToolButton>
      )}
      {snapshot.layout !== 'single' && (
        <ToolButton
          label={t('lines')}
          pressed={snapshot.lines}
          onClick={() => stage.setLines(!snapshot.lines)}
        >
          <Grid2x2 size={16} aria-hidden />
        </ToolButton>
      )}
      {snapshot.layout !== 'rt' && <DvhButton stage={stage} snapshot={snapshot} />}
      <Gap />
      <CineControls stage={stage} />
      <Gap />
      {props.screen}
      <div className="ml-auto">
        <ToolButton label={t('help')} onClick={onHelp}>
          <CircleHelp size={16} aria-hidden />
        </ToolButton>
      </div>
      <FusionBar stage={stage} pane={pane} />
    </div>
  );
}

const select = 'h-8 rounded-md border border-neutral-700 bg-neutral-900 px-1.5 text-sm text-neutral-100';
const Gap = () => <span className="mx-0.5 h-5 w-px bg-neutral-700" aria-hidden="true" />;
