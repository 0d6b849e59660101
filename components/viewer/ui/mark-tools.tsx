'use client';

import { MoveUpRight, Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type MarkTool, markTools } from '../engine/mark-hands.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { ToolButton } from './tool-button.tsx';
import { ToolGroup } from './tool-group.tsx';

const icons = { 'mark-arrow': MoveUpRight, 'mark-line': Pencil } as const;
const all = Object.keys(markTools) as MarkTool[];

/** Pointing with what fades, each tool with its key. Chosen again, a tool is put down. */
export function MarkTools({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer');
  const held = all.find((tool) => tool === snapshot.tool);
  const name = (tool: MarkTool) => t(`mark.${tool}`, { key: markTools[tool].toUpperCase() });
  const Held = icons[held ?? 'mark-arrow'];
  return (
    <ToolGroup
      label={held ? t('groups.chosen', { group: t('mark.tools'), tool: name(held) }) : t('mark.tools')}
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
            label={name(tool)}
            pressed={held === tool}
            onClick={() => stage.chooseTool(held === tool ? 'window' : tool)}
          >
            <Icon size={16} aria-hidden />
          </ToolButton>
        );
      })}
    </ToolGroup>
  );
}
