'use client';

import { MoveUpRight, Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type MarkTool, markTools } from '../engine/mark-hands.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { ToolButton } from './tool-button.tsx';

const icons = { 'mark-arrow': MoveUpRight, 'mark-line': Pencil } as const;
const all = Object.keys(markTools) as MarkTool[];

/** Pointing with what fades, each tool with its key. Chosen again, a tool is put down. */
export function MarkTools({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer.mark');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a form's; this is a part of a toolbar.
    <div role="group" aria-label={t('tools')} className="flex items-center gap-0.5">
      {all.map((tool) => {
        const Icon = icons[tool];
        return (
          <ToolButton
            key={tool}
            label={t(tool, { key: markTools[tool].toUpperCase() })}
            pressed={snapshot.tool === tool}
            onClick={() => stage.chooseTool(snapshot.tool === tool ? 'window' : tool)}
          >
            <Icon size={16} aria-hidden />
          </ToolButton>
        );
      })}
      <span className="mx-0.5 h-5 w-px bg-neutral-700" aria-hidden="true" />
    </div>
  );
}
