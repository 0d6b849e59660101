'use client';

import { useTranslations } from 'next-intl';
import type { Pane } from '../engine/pane.ts';
import type { Stage } from '../engine/stage.ts';
import { useSpaceRefusal } from './use-space-refusal.ts';

/** Why the series that is to lie over a viewport's own does not. */
export function FusionRefusal({ stage, pane }: { stage: Stage; pane: Pane }) {
  const t = useTranslations('viewer.fusionTrouble');
  const refusal = useSpaceRefusal();
  const trouble = pane.fusionTrouble;
  if (!trouble) return null;
  const path = trouble === 'other_frame' ? stage.fusion.path(pane) : null;
  return (
    <div className="text-amber-300" role="status">
      {path && 'reason' in path ? t('apart', { reason: refusal(path) }) : t(trouble)}
    </div>
  );
}
