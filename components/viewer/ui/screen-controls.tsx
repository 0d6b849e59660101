'use client';

import { AppWindow, Expand, Maximize } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Stage } from '../engine/stage.ts';
import { heldBy } from '../ohif/held.ts';
import { canHang, type LayoutId, layouts } from '../ohif/layouts.ts';
import { ToolButton } from './tool-button.tsx';
import { ToolGroup } from './tool-group.tsx';
import { useHandsKey } from './use-hands-key.ts';
import type { Large } from './use-large.ts';

type Props = {
  stage: Stage;
  large: Large;
  /** Undefined where the case has no address of its own to open. */
  onSecondWindow: (() => void) | undefined;
};

/** How much of the screen is used: one view large, full screen, a second window. Each has a key. */
export function ScreenControls({ stage, large, onSecondWindow }: Props) {
  const t = useTranslations('viewer.screen');
  const groups = useTranslations('viewer.groups');
  const full = useFullScreen();
  const enlarge = () => large.toggle(stage.store.get().activeId);
  useHandsKey(stage, 'screen', {
    m: enlarge,
    // In the room the plain letter follows the presenter.
    F: full.toggle,
    u: () => nextLayout(stage),
    ...(onSecondWindow && { n: onSecondWindow }),
  });
  return (
    <ToolGroup
      label={groups('screen')}
      icon={<Maximize size={16} aria-hidden />}
      from={1280}
      active={large.id !== null || full.on}
      closes
    >
      {large.possible && (
        <ToolButton label={t('large')} pressed={large.id !== null} onClick={enlarge}>
          <Expand size={16} aria-hidden />
        </ToolButton>
      )}
      {document.fullscreenEnabled && (
        <ToolButton label={t('full')} pressed={full.on} onClick={full.toggle}>
          <Maximize size={16} aria-hidden />
        </ToolButton>
      )}
      {onSecondWindow && (
        <ToolButton label={t('second')} onClick={onSecondWindow}>
          <AppWindow size={16} aria-hidden />
        </ToolButton>
      )}
    </ToolGroup>
  );
}

/** The next layout that the series fill, round and round. */
function nextLayout(stage: Stage): void {
  const all = Object.keys(layouts) as LayoutId[];
  const held = heldBy(stage.store.get());
  const from = all.indexOf(stage.store.get().layout);
  for (let step = 1; step < all.length; step += 1) {
    const next = all[(from + step) % all.length];
    if (next && canHang(next, held)) {
      stage.setLayout(next);
      return;
    }
  }
}

/** The whole page, so that notices and dialogs are seen as well. */
function useFullScreen(): { on: boolean; toggle: () => void } {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const changed = () => setOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  // A browser that refuses leaves things as they are, and says why itself.
  const toggle = () => {
    if (!document.fullscreenEnabled) return;
    void (
      document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
    ).catch(() => undefined);
  };
  return { on, toggle };
}
