'use client';

import { Crosshair, Hand, Layers, type LucideIcon, Search, SunMedium } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { tools } from '../engine/tools.ts';
import { ToolButton } from './tool-button.tsx';
import { ToolGroup } from './tool-group.tsx';

const icons: Record<(typeof tools)[number] | 'crosshair', LucideIcon> = {
  window: SunMedium,
  pan: Hand,
  zoom: Search,
  scroll: Layers,
  crosshair: Crosshair,
};
const all = [...tools, 'crosshair'] as const;

/** What dragging with the left button does. */
export function MouseTools({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer');
  const held = all.find((tool) => tool === snapshot.tool);
  const Held = icons[held ?? 'window'];
  return (
    <ToolGroup
      label={
        held ? t('groups.chosen', { group: t('groups.mouse'), tool: t(`tool.${held}`) }) : t('groups.mouse')
      }
      icon={<Held size={16} aria-hidden />}
      from={600}
      active={held !== undefined}
      closes
    >
      {all.map((tool) => {
        const Icon = icons[tool];
        return (
          <ToolButton
            key={tool}
            label={t(`tool.${tool}`)}
            pressed={held === tool}
            onClick={() => stage.chooseTool(tool)}
          >
            <Icon size={16} aria-hidden />
          </ToolButton>
        );
      })}
    </ToolGroup>
  );
}
