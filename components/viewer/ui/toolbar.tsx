'use client';

import { CircleHelp, ListTree } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useReducer } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { CineControls } from './cine-controls.tsx';
import { FusionBar } from './fusion-bar.tsx';
import { GreyControls } from './grey-controls.tsx';
import { LayoutControls } from './layout-controls.tsx';
import { MarkTools } from './mark-tools.tsx';
import { MeasureTools } from './measure-tools.tsx';
import { MouseTools } from './mouse-tools.tsx';
import { ToolButton } from './tool-button.tsx';

type Props = {
  stage: Stage;
  snapshot: ViewerSnapshot;
  panel: boolean;
  onPanel: () => void;
  onHelp: () => void;
  /** Title of the key view that is shown. */
  keyView: string | undefined;
  /** Whether there is anybody to point for. */
  draws: boolean;
  /** How much of the screen is used. */
  screen: ReactNode;
  /** Registers what draws the toolbar anew when the active viewport was painted. */
  onMount: (id: string, redraw: () => void) => () => void;
};

/** The toolbar tells the active viewport's window: it is drawn anew with it. */
export const TOOLBAR = 'toolbar';

/** The viewer's tools, in one line at any width: groups that do not fit stand behind a button each. Every tool has a key too (see the help). */
export function Toolbar(props: Props) {
  const { stage, snapshot, panel, onPanel, onHelp, onMount } = props;
  const t = useTranslations('viewer');
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => onMount(TOOLBAR, redraw), [onMount]);
  const pane = stage.pane(snapshot.activeId);
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      className="@container/bar border-b border-neutral-800 bg-neutral-900 px-2 py-1"
    >
      <div className="flex items-center gap-1">
        <ToolButton label={t('panel')} pressed={panel} onClick={onPanel}>
          <ListTree size={16} aria-hidden />
        </ToolButton>
        <Gap />
        <MouseTools stage={stage} snapshot={snapshot} />
        <Gap />
        {props.draws && <MarkTools stage={stage} snapshot={snapshot} />}
        <MeasureTools stage={stage} snapshot={snapshot} />
        <Gap />
        <GreyControls stage={stage} pane={pane} />
        <FusionBar stage={stage} pane={pane} />
        <Gap />
        <LayoutControls stage={stage} snapshot={snapshot} />
        <Gap />
        <CineControls stage={stage} />
        {props.screen}
        <div className="ml-auto flex min-w-0 items-center gap-2">
          {props.keyView && (
            <p
              role="status"
              className="hidden max-w-72 truncate rounded bg-teal-950 px-2 py-0.5 text-xs text-teal-100 @min-[1100px]/bar:block"
            >
              {t('keyViews.shown', { title: props.keyView })}
            </p>
          )}
          <ToolButton label={t('help')} onClick={onHelp}>
            <CircleHelp size={16} aria-hidden />
          </ToolButton>
        </div>
      </div>
    </div>
  );
}

const Gap = () => (
  <span className="mx-0.5 hidden h-5 w-px bg-neutral-700 @min-[600px]/bar:block" aria-hidden="true" />
);
