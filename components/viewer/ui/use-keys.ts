'use client';

import { useEffect } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ToolId } from '../engine/tools.ts';
import { presetsOf } from '../engine/voi.ts';
import { isTyping, leavesKey } from './key-target.ts';

const toolKeys: Record<string, ToolId> = { w: 'window', p: 'pan', z: 'zoom', s: 'scroll' };
const ZOOM_STEP = 1.2;

/** The viewer's keys, for the active viewport. They sleep while somebody types or a dialog is open. */
export function useKeys(stage: Stage | null, onHelp: () => void): void {
  useEffect(() => {
    if (!stage) return;
    const key = (event: KeyboardEvent) => {
      const { target } = event;
      if (isTyping(target) || leavesKey(event.key, target) || document.querySelector('dialog[open]')) return;
      if (stage.hands.key(event)) {
        event.preventDefault();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') onHelp();
      else if (!act(stage, event.key, digitOf(event))) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [stage, onHelp]);
}

/** The digit of a key: on keyboards whose upper row gives digits with Shift only, its place counts. */
const digitOf = ({ key, code, shiftKey }: KeyboardEvent): number =>
  /^\d$/.test(key) ? Number(key) : shiftKey ? 0 : Number(/^Digit(\d)$/.exec(code)?.[1] ?? 0);

function act(stage: Stage, key: string, digit: number): boolean {
  const tool = toolKeys[key];
  if (tool) {
    stage.chooseTool(tool);
    return true;
  }
  const pane = stage.active;
  if (!pane?.stack) return false;
  const zoom = pane.state()?.zoom ?? 1;
  const preset = presetsOf(pane.stack)[digit - 1];
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp':
      stage.scroll(pane, key === 'ArrowDown' ? 1 : -1);
      return true;
    case 'PageDown':
    case 'PageUp':
      stage.scroll(pane, key === 'PageDown' ? 10 : -10);
      return true;
    case 'Home':
      stage.goTo(pane, 0);
      return true;
    case 'End':
      stage.goTo(pane, pane.count - 1);
      return true;
    case '+':
    case '=':
      stage.change(pane, { zoom: Math.min(50, zoom * ZOOM_STEP) });
      return true;
    case '-':
      stage.change(pane, { zoom: Math.max(0.1, zoom / ZOOM_STEP) });
      return true;
    case 'i':
    case 'x':
      stage.change(pane, { invert: !pane.state()?.invert });
      return true;
    case 'y':
      stage.linkByHand();
      return true;
    case 'r':
      stage.reset(pane);
      return true;
    default:
      if (!preset) return false;
      stage.change(pane, { voi: preset.voi });
      return true;
  }
}
